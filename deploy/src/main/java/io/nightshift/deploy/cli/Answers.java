package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.StartException;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.tail.RecordTail;
import io.nightshift.schemas.Question;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the answer to a question. What was answered before it was asked is passed over, whatever the clocks say. */
final class Answers implements AutoCloseable {

    private static final Duration CAUGHT_UP_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOKS_BACK = Duration.ofMinutes(1);
    private static final Duration TELLS_EVERY = Duration.ofSeconds(10);

    private final CompletableFuture<Investigation> answer = new CompletableFuture<>();
    private final String subject;
    private final String text;
    private volatile boolean asked;
    private RecordTail tail;

    private Answers(String subject, Question question) {
        this.subject = subject;
        this.text = question.text();
    }

    /**
     * Begins to listen; to be called before the question is asked.
     *
     * @throws StartException when Kafka does not answer in time
     */
    static Answers to(Client client, String subject, Question question) throws InterruptedException {
        Answers answers = new Answers(subject, question);
        answers.tail = new RecordTail(
                "cli-answers",
                client.kafka(),
                List.of(client.topics().investigations()),
                Instant.now().minus(LOOKS_BACK),
                answers::hear);
        answers.tail.start();
        if (!answers.tail.awaitCaughtUp(CAUGHT_UP_WITHIN)) {
            answers.close();
            throw new StartException("Kafka at " + client.kafka().bootstrapServers()
                    + " did not give its records within " + CAUGHT_UP_WITHIN.toSeconds() + " s");
        }
        answers.asked = true;
        return answers;
    }

    private void hear(Object record) {
        Investigation investigation = (Investigation) record;
        if (asked && investigation.getIncidentId().equals(subject) && text.equals(investigation.getQuestion())) {
            answer.complete(investigation);
        }
    }

    /** @param progress where it is said now and then that nothing came yet */
    Optional<Investigation> await(Duration patience, PrintWriter progress) throws InterruptedException {
        progress.println("asked; waiting for the answer, at most " + patience.toSeconds() + " s");
        long begun = System.nanoTime();
        while (true) {
            Duration passed = Duration.ofNanos(System.nanoTime() - begun);
            Duration left = patience.minus(passed);
            if (left.isNegative() || left.isZero()) {
                return Optional.empty();
            }
            try {
                long millis = Math.min(left.toMillis() + 1, TELLS_EVERY.toMillis());
                return Optional.of(answer.get(millis, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                progress.println("still being looked into, "
                        + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
            } catch (ExecutionException e) {
                throw new IllegalStateException("nobody completes it with a fault", e);
            }
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
