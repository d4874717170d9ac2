package io.nightshift.bench.learn;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A fleet and its faults, drawn from one seed: which service has which faults how often, and which action is the right one for a
 * class of services against a cause. Half-way, half of the right actions become others.
 */
final class World {

    static final int SERVICES = 200;
    /** What the id of every service begins with; a number follows. */
    static final String FLEET = "sim/fleet/s";

    static final List<String> CLASSES = List.of("web", "worker", "api", "cache", "batch");

    /** What may help against a cause, the likeliest before any lesson first, with how likely it is thought to hold. */
    record Candidate(ActionKind action, double prior) {}

    record Service(String id, String serviceClass, List<CauseClass> faults) {}

    record Fault(int number, Service service, CauseClass cause) {
        String fingerprint() {
            return service.id() + "~" + cause;
        }
    }

    private static final Map<CauseClass, List<ActionKind>> ACTIONS = new EnumMap<>(CauseClass.class);
    private static final double[] PRIORS = {0.7, 0.5, 0.3};

    static {
        put(CauseClass.MEMORY_LEAK, ActionKind.ROLLING_RESTART, ActionKind.ROLL_BACK_RELEASE, ActionKind.CLEAR_CACHE);
        put(CauseClass.CPU_SATURATION, ActionKind.ROLLING_RESTART, ActionKind.SCALE, ActionKind.ROLL_BACK_RELEASE);
        put(CauseClass.BAD_RELEASE, ActionKind.ROLL_BACK_RELEASE, ActionKind.DISABLE_FLAG, ActionKind.ROLLING_RESTART);
        put(CauseClass.PROCESS_CRASH, ActionKind.ROLLING_RESTART, ActionKind.ROLL_BACK_RELEASE, ActionKind.DRAIN);
        put(CauseClass.CONNECTION_POOL_EXHAUSTION, ActionKind.ROLLING_RESTART, ActionKind.SCALE, ActionKind.DRAIN);
        put(CauseClass.DISK_FILLING, ActionKind.FREE_DISK, ActionKind.SCALE, ActionKind.ROLL_BACK_RELEASE);
        put(CauseClass.QUEUE_BACKLOG, ActionKind.SCALE, ActionKind.ROLLING_RESTART, ActionKind.ROLL_BACK_RELEASE);
        put(CauseClass.CACHE_STAMPEDE, ActionKind.CLEAR_CACHE, ActionKind.SCALE, ActionKind.DISABLE_FLAG);
        put(CauseClass.CONFIGURATION_CHANGE, ActionKind.DISABLE_FLAG, ActionKind.ROLL_BACK_RELEASE, ActionKind.DRAIN);
        put(CauseClass.NOISY_NEIGHBOUR, ActionKind.DRAIN, ActionKind.SCALE, ActionKind.ROLLING_RESTART);
    }

    private static void put(CauseClass cause, ActionKind... actions) {
        ACTIONS.put(cause, List.of(actions));
    }

    private final Random random;
    private final int incidents;
    private final List<Service> services = new ArrayList<>();
    private final double[] cumulated = new double[SERVICES];
    private final Map<String, ActionKind> before = new HashMap<>();
    private final Map<String, ActionKind> after = new HashMap<>();

    World(long seed, int incidents) {
        this.random = new Random(seed);
        this.incidents = incidents;
        List<CauseClass> causes = List.copyOf(ACTIONS.keySet());
        double sum = 0;
        for (int i = 0; i < SERVICES; i++) {
            CauseClass first = causes.get(random.nextInt(causes.size()));
            CauseClass second = causes.get(random.nextInt(causes.size()));
            services.add(new Service(FLEET + i, CLASSES.get(i % CLASSES.size()), List.of(first, first, second)));
            sum += 1.0 / (i + 1); // Few services fail often: Zipf's law.
            cumulated[i] = sum;
        }
        for (String serviceClass : CLASSES) {
            for (CauseClass cause : causes) {
                ActionKind right =
                        random.nextDouble() < 0.5 ? ACTIONS.get(cause).get(0) : other(cause, null);
                before.put(serviceClass + cause, right);
                after.put(serviceClass + cause, random.nextBoolean() ? right : other(cause, right));
            }
        }
    }

    private ActionKind other(CauseClass cause, ActionKind not) {
        List<ActionKind> others =
                ACTIONS.get(cause).stream().filter(action -> action != not).toList();
        return others.get(random.nextInt(others.size()));
    }

    static List<CauseClass> causes() {
        return List.copyOf(ACTIONS.keySet());
    }

    static List<Candidate> candidates(CauseClass cause) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < PRIORS.length; i++) {
            candidates.add(new Candidate(ACTIONS.get(cause).get(i), PRIORS[i]));
        }
        return candidates;
    }

    /** All faults, the same for every arm. */
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < incidents; i++) {
            double drawn = random.nextDouble() * cumulated[SERVICES - 1];
            int at = 0;
            while (cumulated[at] < drawn) {
                at++;
            }
            Service service = services.get(at);
            faults.add(new Fault(i, service, service.faults().get(random.nextInt(3))));
        }
        return faults;
    }

    ActionKind right(Fault fault) {
        return (fault.number() < incidents / 2 ? before : after)
                .get(fault.service().serviceClass() + fault.cause());
    }
}
