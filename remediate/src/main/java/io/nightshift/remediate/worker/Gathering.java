package io.nightshift.remediate.worker;

import io.nightshift.remediate.target.Confined;
import io.nightshift.remediate.target.Keepsake;
import io.nightshift.runtime.text.SecretMask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Has keepsakes told side by side, a few at a time, within a limit. What is late or fails is said in its place. */
final class Gathering {

    private static final int AT_ONCE = 8;
    private static final long IDLE_SECONDS = 10;
    /** What a terminal would interpret, or what would make text read otherwise than it is. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

    private final Duration limit;
    private final ExecutorService askers = askers();

    /** @param limit most time for all of them together */
    Gathering(Duration limit) {
        this.limit = limit;
    }

    /** What was told, in the order of the keepsakes: a section for each. */
    String gather(List<Keepsake> keepsakes) throws InterruptedException {
        List<Callable<String>> questions = new ArrayList<>();
        keepsakes.forEach(keepsake -> questions.add(() -> keepsake.source().tell(limit)));
        List<Future<String>> answers = askers.invokeAll(questions, limit.toMillis(), TimeUnit.MILLISECONDS);
        StringBuilder sections = new StringBuilder();
        for (int i = 0; i < answers.size(); i++) {
            sections.append(section(keepsakes.get(i).name(), answers.get(i)));
        }
        return sections.toString();
    }

    /** Its section in the file. Nobody is waited for any more. */
    private String section(String name, Future<String> answer) throws InterruptedException {
        try {
            return "== " + name + "\n" + fit(answer.get());
        } catch (CancellationException e) {
            return "== " + name + ": not kept: it was not there within " + limit.toMillis() + " ms\n";
        } catch (ExecutionException e) {
            return "== " + name + ": not kept: "
                    + fit(String.valueOf(e.getCause().getMessage()));
        }
    }

    /** Bounded, secrets masked, nothing left that a terminal would interpret. */
    private static String fit(String text) {
        boolean cut = text.getBytes(StandardCharsets.UTF_8).length >= Confined.OUTPUT_BYTES;
        String kept = cut ? wholeWords(text) + "\n(the rest is left out)" : text.strip();
        return UNPRINTABLE.matcher(SecretMask.masked(kept)).replaceAll("?") + "\n";
    }

    /** Half a secret would not be known as one. */
    private static String wholeWords(String text) {
        int end = Math.min(text.length(), Confined.OUTPUT_BYTES) - 1;
        while (end > 0 && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        return text.substring(0, Math.max(0, end)).strip();
    }

    /** Threads that nobody needs to stop: they end when there is nothing to ask. */
    private static ExecutorService askers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "evidence-asker");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
