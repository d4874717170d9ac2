package io.nightshift.shop.control;

import io.nightshift.shop.Arguments;
import io.nightshift.shop.Home;
import io.nightshift.shop.ShopSettings;
import io.nightshift.shop.control.Controller.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells what goes away with the process behind an instance: a histogram of its heap, or its threads. The JDK's own jcmd asks:
 * a JVM that does nothing but collect garbage still tells it, when it answers no request any more. Nothing is collected for
 * it, so that a look changes no reading of the heap.
 */
public final class Diagnosis {
    private static final Map<String, List<String>> QUESTIONS =
            Map.of("heap-histogram", List.of("GC.class_histogram", "-all"), "threads", List.of("Thread.print"));

    private final Path jcmd;
    private final Controller keeper;

    public Diagnosis(Home home, Controller keeper) throws IOException {
        this.jcmd = ShopSettings.read(home).javaExecutable().resolveSibling("jcmd");
        this.keeper = keeper;
    }

    /** @param what {@code heap-histogram} or {@code threads} */
    public Answer run(String what, String instance) throws IOException, InterruptedException {
        List<String> question = QUESTIONS.get(what);
        if (question == null) {
            throw new Arguments.Malformed("nothing is known of " + what);
        }
        return Target.with(keeper, instance, target -> ask(question, target));
    }

    private Answer ask(List<String> question, Target target) throws IOException, InterruptedException {
        if (target.pid() == 0) {
            return new Answer(1, "no process runs behind " + target.instance() + "\n");
        }
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), "-J-Xmx32m", "-J-XX:TieredStopAtLevel=1"));
        command.add(String.valueOf(target.pid()));
        command.addAll(question);
        Process asking = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(asking.waitFor(), told);
    }
}
