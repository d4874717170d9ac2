package io.nightshift.bench.chaos;

import io.nightshift.bench.Figures;
import io.nightshift.bench.Quantile;
import io.nightshift.bench.chaos.Trial.Shape;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import io.nightshift.oversee.people.Controls;
import io.nightshift.oversee.people.Controls.Decision;
import io.nightshift.oversee.tail.RecordTail;
import io.nightshift.schemas.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * How long after a person's signed approval was acknowledged by Kafka the effect begins, by the target's own ledger. Remediate is
 * a process of its own; people answer up to a second after they are asked, so that no answer keeps step with commits.
 */
final class ApprovalTimes {

    private static final int MOST_WARM_UP = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A question, and when somebody answers it. */
    private record Question(ActionEvent asked, long atNanos) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(atNanos, ((Question) other).atNanos);
        }
    }

    /** Moments of one action, epoch milliseconds of this machine; 0 while it has not come. */
    private static final class Course {
        private long acknowledged;
        private long allowed;
        private long started;
        private long effect;
        private long succeeded;
        private int partition = -1;
        private String service = "";
        private String last = "";

        private boolean isWhole() {
            return acknowledged > 0 && allowed > 0 && started > 0 && effect > 0;
        }

        /** Whether another action of its partition of work was not over when it was allowed. */
        private boolean isBehind(Course other) {
            return other != this
                    && other.partition == partition
                    && other.allowed <= allowed
                    && (other.succeeded == 0 || other.succeeded > allowed);
        }
    }

    private final Trial trial;
    private final double perSecond;
    private final Random random = new Random(1);
    private final DelayQueue<Question> questions = new DelayQueue<>();
    private final Map<String, Course> courses = new HashMap<>();

    private ApprovalTimes(Trial trial, double perSecond) {
        this.trial = trial;
        this.perSecond = perSecond;
    }

    /** @return whether every approved effect began */
    static boolean measure(Ground ground, Path home, Path policy, int approvals, double perSecond, Figures figures)
            throws IOException, InterruptedException {
        int warmUp = Math.min(MOST_WARM_UP, approvals);
        SigningKey alice = SigningKey.generate();
        Path trusted = Files.writeString(home.resolve("alice.pub"), alice.publicPem());
        try (Trial trial = new Trial(
                        ground,
                        home,
                        Shape.of(warmUp + approvals, 1, true).asking().inFlight(warmUp + approvals));
                Controls controls = new Controls(
                        trial.kafka(), trial.topics(), alice, trial.folder().resolve("no-halt"), Clock.systemUTC())) {
            trial.member("policy: \"" + policy + "\"", "trustedKeys: \"" + trusted + "\"")
                    .start();
            ApprovalTimes times = new ApprovalTimes(trial, perSecond);
            RecordTail tail = new RecordTail(
                    "approver",
                    trial.kafka(),
                    List.of(trial.topics().actions()),
                    Instant.EPOCH,
                    event -> times.hear((ActionEvent) event));
            tail.start();
            try {
                List<String> services = trial.shape().estate().names();
                times.answer(services.subList(0, warmUp), controls);
                times.answer(services.subList(warmUp, services.size()), controls);
                Trial.await(PATIENCE, () -> times.isDone(services.size()));
            } finally {
                tail.close();
            }
            return times.put(services(trial, approvals), figures);
        }
    }

    private static List<String> services(Trial trial, int last) {
        List<String> all = trial.shape().estate().names();
        return all.subList(all.size() - last, all.size());
    }

    private synchronized void hear(ActionEvent event) {
        Course course = course(event.getActionId());
        long at = event.getAt().toEpochMilli();
        course.service = event.getService().substring(event.getService().lastIndexOf('/') + 1);
        course.last = event.getSentence();
        if (event.getStatus() == ActionStatus.AWAITING_APPROVAL) {
            questions.add(new Question(event, System.nanoTime() + random.nextInt(1_000_000_000)));
        } else if (event.getStatus() == ActionStatus.ALLOWED) {
            course.allowed = at;
        } else if (event.getStatus() == ActionStatus.STARTED) {
            course.started = at;
        } else if (event.getStatus() == ActionStatus.SUCCEEDED) {
            course.succeeded = at;
        }
    }

    /** Whether every approved repair is over: until then an effect may still begin. */
    private synchronized boolean isDone(int repairs) {
        return courses.values().stream().filter(course -> course.succeeded > 0).count() >= repairs;
    }

    private synchronized Course course(String actionId) {
        return courses.computeIfAbsent(actionId, id -> new Course());
    }

    /** Has each proposed in its turn, and answers every question. */
    private void answer(List<String> services, Controls controls) throws InterruptedException {
        long began = System.nanoTime();
        int proposed = 0;
        int answered = 0;
        while (answered < services.size()) {
            double seconds = (System.nanoTime() - began) / 1e9;
            for (; proposed < services.size() && proposed < seconds * perSecond; proposed++) {
                trial.open(List.of(services.get(proposed)), 1, ActionKind.ROLLING_RESTART);
            }
            Question question = questions.poll(10, TimeUnit.MILLISECONDS);
            if (question != null) {
                approve(question.asked(), controls);
                answered++;
            }
            if (seconds > services.size() / perSecond + PATIENCE.toSeconds()) {
                throw new IllegalStateException("only " + answered + " of " + services.size() + " were asked about");
            }
        }
    }

    private void approve(ActionEvent asked, Controls controls) {
        Map<String, String> nothingMore = Map.of();
        controls.write(new Decision(
                ControlKind.APPROVE,
                asked.getActionId(),
                asked.getPlanHash(),
                "alice",
                "",
                Duration.ofMinutes(5),
                nothingMore,
                "bench"));
        course(asked.getActionId()).acknowledged = System.currentTimeMillis();
    }

    private synchronized boolean put(List<String> services, Figures figures) {
        trial.oracle()
                .effects()
                .forEach(effect -> course(effect.key().replaceFirst("/.*", "")).effect = effect.didMillis());
        List<Course> measured = new ArrayList<>();
        Join.read(trial.kafka(), trial.topics().executions(), (record, execution) -> {
            Course course = course(execution.getActionId());
            course.partition = record.partition();
            if (course.isWhole() && services.contains(course.service)) {
                measured.add(course);
            }
        });
        courses.values().stream()
                .filter(course -> course.effect == 0 && services.contains(course.service))
                .forEach(course -> System.err.println("  no effect: " + course.last));
        List<Course> alone = measured.stream()
                .filter(course -> courses.values().stream().noneMatch(course::isBehind))
                .toList();
        double[] all = sorted(measured, course -> course.effect - course.acknowledged);
        figures.put("approvals", measured.size())
                .put("approvals_without_effect", services.size() - measured.size())
                .put("approval_to_effect_ms_p50", Quantile.of(all, 0.5))
                .put("approval_to_effect_ms_p99", Quantile.of(all, 0.99))
                .put("approval_to_effect_ms_max", Quantile.of(all, 1));
        put("approval_to_allowed", sorted(measured, course -> course.allowed - course.acknowledged), figures);
        put("allowed_to_started", sorted(measured, course -> course.started - course.allowed), figures);
        put("started_to_effect", sorted(measured, course -> course.effect - course.started), figures);
        figures.put("behind_another", measured.size() - alone.size());
        put("alone", sorted(alone, course -> course.effect - course.acknowledged), figures);
        return measured.size() == services.size();
    }

    private static void put(String name, double[] ascending, Figures figures) {
        figures.put(name + "_ms_p50", Quantile.of(ascending, 0.5)).put(name + "_ms_p99", Quantile.of(ascending, 0.99));
    }

    private static double[] sorted(List<Course> courses, ToDoubleFunction<Course> millis) {
        return courses.stream().mapToDouble(millis).sorted().toArray();
    }
}
