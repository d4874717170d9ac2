package io.nightshift.investigate.look;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Takes looks as a reasoner does: by the tool's name, with arguments as text. */
public final class Looking {

    static final Instant NOW = Instant.parse("2026-03-01T03:15:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration TIME = Duration.ofSeconds(20);

    private Looking() {}

    public static Seen at(LookSource source, String tool, Map<String, String> arguments) throws LookException {
        return tool(source, tool).look(arguments, TIME);
    }

    /** The message with which the look is refused; null when it is not. */
    public static String refusal(LookSource source, String tool, Map<String, String> arguments) {
        LookException refusal = catchThrowableOfType(LookException.class, () -> at(source, tool, arguments));
        return refusal == null ? null : refusal.getMessage();
    }

    static LookTool tool(LookSource source, String name) {
        return source.tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }
}
