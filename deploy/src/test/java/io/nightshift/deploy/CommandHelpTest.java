package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandHelpTest {

    static Stream<List<String>> commands() {
        return paths(NightshiftCommand.commandLine(), List.of());
    }

    private static Stream<List<String>> paths(CommandLine command, List<String> path) {
        return command.getSubcommands().entrySet().stream().flatMap(sub -> {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(sub.getKey());
            return Stream.concat(Stream.of(deeper), paths(sub.getValue(), deeper));
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(List<String> path) {
        List<String> words = new ArrayList<>(path);
        words.add("--help");
        StringWriter out = new StringWriter();
        int status = NightshiftCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(words.toArray(String[]::new));
        assertThat(status).isZero();
        assertThat(out.toString()).startsWith("Usage: nightshift " + String.join(" ", path));
    }
}
