package io.nightshift.investigate.look;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A look made of its parts. */
public record Look(String name, String description, List<Parameter> parameters, Body body) implements LookTool {

    /** What a look does, once its arguments are checked. */
    @FunctionalInterface
    public interface Body {
        Seen look(Arguments arguments, Duration timeLeft) throws LookException;
    }

    public Look {
        parameters = List.copyOf(parameters);
    }

    @Override
    public Seen look(Map<String, String> arguments, Duration timeLeft) throws LookException {
        if (timeLeft.isNegative() || timeLeft.isZero()) {
            throw new LookException("no time is left for " + name + "; answer with what was seen");
        }
        return body.look(Arguments.of(parameters, arguments), timeLeft);
    }

    static Parameter required(String name, String description) {
        return new Parameter(name, description, true);
    }

    static Parameter optional(String name, String description) {
        return new Parameter(name, description, false);
    }
}
