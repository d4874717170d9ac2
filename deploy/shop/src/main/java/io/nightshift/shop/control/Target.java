package io.nightshift.shop.control;

import io.nightshift.shop.control.Controller.Answer;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the keeper knows of the process behind an instance.
 *
 * @param pid 0 while there is no process
 */
record Target(String instance, String state, int port, long pid, String startedAt) {

    /** What is asked of a process. */
    interface Question {
        Answer ask(Target target) throws IOException, InterruptedException;
    }

    /** Asks the process behind an instance; exits 3 when there is no such instance. */
    static Answer with(Controller keeper, String instance, Question question) throws IOException, InterruptedException {
        Answer status = keeper.get("/status", Map.of("of", instance, "json", "true"));
        if (status.exit() != 0) {
            return status;
        }
        Optional<Target> found = of(status.text(), instance);
        return found.isEmpty() ? new Answer(3, "no instance " + instance + "\n") : question.ask(found.get());
    }

    /** Picks five fields out of the keeper's own compact JSON; a JSON library would double the call's time. */
    private static Optional<Target> of(String status, String instance) {
        Matcher found = Pattern.compile("\\{\"instance\":\"" + Pattern.quote(instance)
                        + "\",[^}]*?\"state\":\"(\\w+)\",\"port\":(\\d+),\"pid\":(\\d+),\"startedAt\":\"([^\"]*)\"")
                .matcher(status);
        return found.find()
                ? Optional.of(new Target(
                        instance,
                        found.group(1),
                        Integer.parseInt(found.group(2)),
                        Long.parseLong(found.group(3)),
                        found.group(4)))
                : Optional.empty();
    }

    String asJson() {
        return String.format(
                Locale.ROOT,
                "\"instance\":\"%s\",\"state\":\"%s\",\"pid\":%d,\"startedAt\":\"%s\",\"stateToken\":\"%d@%s\"",
                instance,
                state,
                pid,
                startedAt,
                pid,
                startedAt);
    }

    /** A reading: what is judged, and what it was made of. */
    Answer reading(String probe, double value, String details) {
        return new Answer(
                0,
                String.format(
                        Locale.ROOT, "{\"probe\":\"%s\",\"value\":%.4f,%s,%s}\n", probe, value, details, asJson()));
    }

    Answer nothing(String probe) {
        return new Answer(1, "{\"probe\":\"" + probe + "\",\"value\":null,\"limit\":null," + asJson() + "}\n");
    }
}
