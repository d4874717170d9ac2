package io.nightshift.bench.learn;

import io.nightshift.bench.learn.World.Candidate;
import io.nightshift.bench.learn.World.Fault;
import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.investigate.domain.LessonWeight;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.Well19937c;

/** What is compared. */
enum Arms {
    /** Production's weight of lessons. */
    LEARNING {
        @Override
        Arm of(World world, List<Fault> faults, Memory memory, long seed) {
            return new Arm() {
                @Override
                public ActionKind choose(Fault fault) {
                    List<LessonWeight.Weighed> lessons = memory.lessons(fault);
                    return best(
                            fault.cause(), candidate -> LessonWeight.of(candidate.action(), candidate.prior(), lessons)
                                    .worth());
                }

                @Override
                public void told(Fault fault, ActionKind action, boolean held) {
                    // It learns from the memory alone.
                }
            };
        }
    },
    /** What is thought likeliest before any lesson, for ever. */
    NOT_LEARNING {
        @Override
        Arm of(World world, List<Fault> faults, Memory memory, long seed) {
            return fixed(cause -> World.candidates(cause).get(0).action());
        }
    },
    /** In hindsight the best single action against each cause. */
    BEST_FIXED {
        @Override
        Arm of(World world, List<Fault> faults, Memory memory, long seed) {
            Map<CauseClass, Map<ActionKind, Integer>> right = new EnumMap<>(CauseClass.class);
            faults.forEach(fault -> right.computeIfAbsent(fault.cause(), any -> new EnumMap<>(ActionKind.class))
                    .merge(world.right(fault), 1, Integer::sum));
            return fixed(cause -> right.get(cause).entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey());
        }
    },
    /**
     * Thompson sampling (Biometrika 25, 1933): for each class of services and cause an action is drawn by how likely it is to be
     * the best, each action's share of held outcomes having a uniform prior.
     */
    THOMPSON {
        @Override
        Arm of(World world, List<Fault> faults, Memory memory, long seed) {
            Map<String, int[]> seen = new HashMap<>();
            Well19937c random = new Well19937c(seed);
            return new Arm() {
                @Override
                public ActionKind choose(Fault fault) {
                    return best(fault.cause(), candidate -> {
                        int[] counts = counts(fault, candidate.action());
                        return new BetaDistribution(random, 1.0 + counts[0], 1.0 + counts[1]).sample();
                    });
                }

                @Override
                public void told(Fault fault, ActionKind action, boolean held) {
                    counts(fault, action)[held ? 0 : 1]++;
                }

                private int[] counts(Fault fault, ActionKind action) {
                    return seen.computeIfAbsent(
                            fault.service().serviceClass() + fault.cause() + action, any -> new int[2]);
                }
            };
        }
    },
    /** As {@link #NOT_LEARNING}, but the ledger is not asked: everything may be done alone from the first day. */
    ALL_ALLOWED {
        @Override
        Arm of(World world, List<Fault> faults, Memory memory, long seed) {
            return NOT_LEARNING.of(world, faults, memory, seed);
        }

        @Override
        boolean isGuarded() {
            return false;
        }
    };

    /** What an arm makes of what may help. */
    interface Worth {
        double of(Candidate candidate);
    }

    private interface Choice {
        ActionKind of(CauseClass cause);
    }

    /** Whether only what the ledger trusts is done alone. */
    boolean isGuarded() {
        return true;
    }

    abstract Arm of(World world, List<Fault> faults, Memory memory, long seed);

    private static ActionKind best(CauseClass cause, Worth worth) {
        Map<Candidate, Double> worths = new HashMap<>();
        List<Candidate> candidates = World.candidates(cause);
        candidates.forEach(candidate -> worths.put(candidate, worth.of(candidate)));
        return candidates.stream()
                .max(Comparator.comparingDouble(worths::get))
                .orElseThrow()
                .action();
    }

    private static Arm fixed(Choice choice) {
        return new Arm() {
            @Override
            public ActionKind choose(Fault fault) {
                return choice.of(fault.cause());
            }

            @Override
            public void told(Fault fault, ActionKind action, boolean held) {
                // Nothing changes its mind.
            }
        };
    }

    /** As a legend writes it. */
    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
