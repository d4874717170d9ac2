package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/**
 * What a command told a person, run as the launcher runs it but in this process.
 *
 * @param status exit status
 * @param out what it said
 * @param error what it complained about
 */
record Told(int status, String out, String error) {

    static final int USAGE = 2;
    static final int CANNOT_START = 3;

    /** Runs a command that ends by itself. */
    static Told by(String... arguments) {
        StringWriter error = new StringWriter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine command = NightshiftCommand.commandLine().setErr(new PrintWriter(error, true));
        PrintStream before = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int status = command.execute(arguments);
            return new Told(status, out.toString(StandardCharsets.UTF_8), error.toString());
        } finally {
            System.setOut(before);
        }
    }

    /** It could not start, and said so in one message that holds these words: no stack trace, no class name. */
    void refuses(CharSequence... words) {
        complains(words);
        assertThat(status).isEqualTo(CANNOT_START);
    }

    /** What was asked for cannot be, and one line that holds these words says so. */
    void isUsage(CharSequence... words) {
        complains(words);
        assertThat(error.strip().lines()).hasSize(1);
        assertThat(status).isEqualTo(USAGE);
    }

    private void complains(CharSequence... words) {
        assertThat(error).startsWith("nightshift: ").contains(words);
        assertThat(error.strip().lines().filter(line -> line.stripLeading().startsWith("at ")))
                .as("a stack trace")
                .isEmpty();
    }

    /** As {@link #refuses}, on a single line. */
    void refusesInOneLine(CharSequence... words) {
        refuses(words);
        assertThat(error.strip().lines()).hasSize(1);
    }
}
