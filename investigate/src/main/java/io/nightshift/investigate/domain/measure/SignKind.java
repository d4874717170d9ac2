package io.nightshift.investigate.domain.measure;

import java.util.EnumSet;
import java.util.Set;

/**
 * Kinds of evidence. The weights come from a search over about 430 variants on public fault data sets: what a resource or a
 * request says about itself counts in full; what is mostly consequence (latency, logs, load) counts less.
 */
public enum SignKind {
    MEMORY(1.0, "memory"),
    GC(0.8, "garbage collection"),
    CPU(1.0, "processor use"),
    DISK(1.0, "disk space"),
    IO(0.25, "input and output"),
    POOL(1.0, "connections"),
    QUEUE(1.0, "queued work"),
    CRASH(1.0, "presence"),
    CERTIFICATE(1.0, "validity of a certificate"),
    CACHE(1.0, "cache misses"),
    CONTENTION(1.0, "what others on the machine take"),
    RESTART(0.25, "restarts"),
    ERRORS(1.0, "failed requests"),
    LATENCY(0.5, "request duration"),
    GAP(1.0, "time between client and server"),
    DEVIATION(1.0, "requests that take another way"),
    ALARM(1.0, "alarms that are rare"),
    LOGS(0.5, "log templates"),
    THREADS(0.25, "threads"),
    LOAD(0.1, "request rate"),
    OTHER(0.25, "other metrics");

    /** What requests feel: failures and slowness, which travel from callee to caller. */
    public static final Set<SignKind> SYMPTOMS = EnumSet.of(ERRORS, LATENCY);

    /** What can be the cause of symptoms, seen on the service itself. */
    public static final Set<SignKind> CAUSES =
            EnumSet.of(MEMORY, GC, CPU, DISK, POOL, QUEUE, CRASH, CERTIFICATE, CACHE, CONTENTION);

    private final double weight;
    private final String words;

    SignKind(double weight, String words) {
        this.weight = weight;
        this.words = words;
    }

    public double weight() {
        return weight;
    }

    public String words() {
        return words;
    }
}
