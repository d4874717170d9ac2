package io.nightshift.deploy.demo;

import io.nightshift.events.CauseClass;
import io.nightshift.shop.Shop;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Kinds of real malfunctions that a random story draws from, each with what is right and what is permitted against it. */
enum Fault {
    LEAK(Ending.REPAIRED, CauseClass.MEMORY_LEAK, Set.of("restart", "rollback"), "inventory", "orders", "payments") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException, InterruptedException {
            shop.faults().buildLeaking(truth.shortService(), truth.version(), truth.number());
            shop.rollOut(truth.shortService(), truth.version());
        }
    },
    BAD_RELEASE(Ending.REPAIRED, CauseClass.BAD_RELEASE, Set.of("rollback"), "inventory", "orders", "payments") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException, InterruptedException {
            shop.faults().buildFailing(truth.shortService(), truth.version(), truth.number());
            shop.rollOut(truth.shortService(), truth.version());
        }
    },
    SLOW(Ending.REPAIRED, CauseClass.DEPENDENCY_FAILURE, Set.of("restart", "drain"), "inventory", "payments") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException {
            shop.faults().reindex(truth.shortService() + "-1");
        }
    },
    POOL(Ending.REPAIRED, CauseClass.CONNECTION_POOL_EXHAUSTION, Set.of("restart"), "inventory", "orders") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException {
            shop.faults().leakConnections(truth.shortService(), Duration.ofSeconds(truth.number()));
        }
    },
    DISK(Ending.REPAIRED, CauseClass.DISK_FILLING, Set.of("free-disk"), "payments", "inventory") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException {
            shop.faults().keepJournals(truth.shortService(), Duration.ofSeconds(truth.number()));
        }
    },
    CERTIFICATE(Ending.REPAIRED, CauseClass.CERTIFICATE_EXPIRY, Set.of("rotate-certificate"), "payments") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException, InterruptedException {
            shop.faults().installOldCertificate(Duration.ofSeconds(truth.number()));
        }
    },
    FLAG(Ending.REPAIRED, CauseClass.CONFIGURATION_CHANGE, Set.of("disable-flag"), "inventory") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException, InterruptedException {
            shop.turnOn(truth.shortService(), "stock-recount");
        }
    },
    STUBBORN(Ending.ESCALATED, CauseClass.CPU_SATURATION, Set.of("restart"), "payments") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException {
            shop.faults().saveCostlyRules(truth.shortService(), truth.number());
        }
    },
    EXTERNAL(Ending.ESCALATED, CauseClass.EXTERNAL, Set.of(), "acquirer") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException, InterruptedException {
            shop.acquirer(truth.number() == 0 ? "down" : "slow");
        }
    },
    SURGE(Ending.LEFT_ALONE, CauseClass.TRAFFIC_SURGE, Set.of(), "gateway") {
        @Override
        void bringInto(Shop shop, Truth truth) throws IOException, InterruptedException {
            shop.setRate(truth.number());
        }
    };

    private final Ending ending;
    private final CauseClass cause;
    private final Set<String> mends;
    private final List<String> services;

    Fault(Ending ending, CauseClass cause, Set<String> mends, String... services) {
        this.ending = ending;
        this.cause = cause;
        this.mends = mends;
        this.services = List.of(services);
    }

    abstract void bringInto(Shop shop, Truth truth) throws IOException, InterruptedException;

    /** As {@code --scenario} takes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst();
    }

    Ending ending() {
        return ending;
    }

    CauseClass cause() {
        return cause;
    }

    /** The keeper's verbs that remove the fault or its harm when used on the faulty service. */
    Set<String> mends() {
        return mends;
    }

    /** The keeper's verbs that do no harm on the faulty service: where anything helps, a restart only fails to. */
    Set<String> permitted() {
        if (mends.isEmpty()) {
            return Set.of();
        }
        Set<String> permitted = new java.util.TreeSet<>(mends);
        permitted.addAll(Set.of("restart", "drain", "undrain"));
        return permitted;
    }

    /** Where it can happen. */
    List<String> services() {
        return services;
    }
}
