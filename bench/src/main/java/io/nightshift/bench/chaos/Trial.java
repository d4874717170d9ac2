package io.nightshift.bench.chaos;

import io.nightshift.events.ActionKind;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** One night with a fault in it: an estate, an oracle behind it, members that act on it, and what came of it. */
final class Trial implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final long LOOK_MILLIS = 50;

    /** What a trial consists of. */
    record Shape(Estate estate, boolean fenced, String work, int inFlight, int settle) {

        static Shape of(int services, int instances, boolean fenced) {
            return new Shape(new Estate(services, instances, 10, 4), fenced, "0.3", 20, 10);
        }

        /** @param seconds that an instance may take to be well */
        Shape settling(int seconds) {
            return new Shape(estate, fenced, work, inFlight, seconds);
        }

        /** @param effects seconds that an effect takes, and after which it is ended */
        Shape lasting(String effects, int timeout) {
            return new Shape(
                    new Estate(estate.services(), estate.instances(), timeout, estate.level()),
                    fenced,
                    effects,
                    inFlight,
                    settle);
        }

        /** A person is asked before each effect. */
        Shape asking() {
            return new Shape(
                    new Estate(estate.services(), estate.instances(), estate.timeout(), 3),
                    fenced,
                    work,
                    inFlight,
                    settle);
        }

        Shape inFlight(int most) {
            return new Shape(estate, fenced, work, most, settle);
        }
    }

    private final Ground ground;
    private final Shape shape;
    private final String prefix;
    private final Path folder;
    private final Oracle oracle;
    private final Rehearsal rehearsal;
    private final List<Member> members = new ArrayList<>();

    Trial(Ground ground, Path home, Shape shape) throws IOException {
        this.ground = ground;
        this.shape = shape;
        this.prefix = "c" + COUNT.incrementAndGet() + ".";
        this.folder = Files.createDirectories(home.resolve("trial-" + COUNT.get()));
        this.oracle = new Oracle(folder.resolve("oracle"), shape.fenced(), shape.work());
        ground.provision(prefix);
        shape.estate().writeInventory(folder.resolve("inventory.yaml"), oracle.script());
        this.rehearsal = new Rehearsal(kafka(), topics(), oracle, shape.estate());
    }

    KafkaAccess kafka() {
        return ground.kafka(prefix);
    }

    Topics topics() {
        return ground.topics(prefix);
    }

    Ground ground() {
        return ground;
    }

    Path folder() {
        return folder;
    }

    Shape shape() {
        return shape;
    }

    Oracle oracle() {
        return oracle;
    }

    Rehearsal rehearsal() {
        return rehearsal;
    }

    /** A further member, not yet started. */
    Member member(String... settings) throws IOException {
        String name = "member-" + members.size();
        Member member = new Member(folder.resolve(name), configure(name, settings), ground.jvmOptions());
        members.add(member);
        return member;
    }

    /** Writes a configuration with these lines in its section remediate. */
    Path configure(String name, String... settings) throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                ground.sections(prefix) + """
                inventory: inventory.yaml
                remediate:
                  soak: 1s
                  probeEvery: 1s
                  settle: %ds
                  holdFor: 2s
                  verifyWithin: 40s
                  wideOutageShare: 1.0
                  caps:
                    perTargetPerDay: 2
                    perServiceInFlight: 1
                    perEnvironmentInFlight: %d
                    perEnvironmentPerHour: 100000
                """.formatted(shape.settle(), shape.inFlight()) + lines(settings));
    }

    private static String lines(String... settings) {
        StringBuilder lines = new StringBuilder();
        for (String setting : settings) {
            lines.append("  ").append(setting).append('\n');
        }
        return lines.toString();
    }

    List<Member> members() {
        return members;
    }

    /** So many faults at once on each service. */
    void openAll(int each) {
        open(shape.estate().names(), each, ActionKind.ROLLING_RESTART);
    }

    /** @param remedy what is proposed against each */
    void open(List<String> services, int each, ActionKind remedy) {
        Instant onset = Instant.now().minusSeconds(5);
        for (int number = 0; number < each; number++) {
            for (String service : services) {
                rehearsal.open(new Case(service, number, onset, remedy));
            }
        }
    }

    /** Waits for a condition; false when that took longer. */
    static boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    @Override
    public void close() throws InterruptedException {
        for (Member member : members) {
            member.close();
        }
        rehearsal.close();
    }
}
