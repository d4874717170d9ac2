package io.nightshift.remediate.domain.catalogue;

import static io.nightshift.remediate.domain.catalogue.Argument.whole;
import static io.nightshift.remediate.domain.catalogue.Argument.word;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Reversibility;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The closed catalogue of what may be done. Whatever is not here is refused.
 *
 * <p>Every entry is idempotent: it names the state that it ends in (a count, a version, a place), or, as a restart does, ends
 * in the same state however often it is done. What is not belongs into a command that looks before it acts.
 */
public final class Catalogue {

    private static final int MOST_INSTANCES = 1_000;
    private static final Set<Proof> HEALED = EnumSet.of(Proof.PROBES_WELL, Proof.ANOMALIES_CLEARED);
    private static final Set<Proof> PREVENTED =
            EnumSet.of(Proof.PROBES_WELL, Proof.ANOMALIES_CLEARED, Proof.FORECAST_GONE);

    private static final Map<ActionKind, ActionSpec> ENTRIES = new EnumMap<>(ActionKind.class);

    static {
        forward(ActionKind.ROLLING_RESTART, Reversibility.SELF_RESTORING, HEALED);
        forward(ActionKind.RESTART, Reversibility.SELF_RESTORING, HEALED);
        // A cache fills itself again; until then what stands behind it carries the load.
        forward(ActionKind.CLEAR_CACHE, Reversibility.SELF_RESTORING, HEALED, word("cache"));
        // What the operator's rule removes was declared expendable or is kept elsewhere by the rule: it can be had
        // again.
        forward(ActionKind.FREE_DISK, Reversibility.COMPENSABLE, PREVENTED, word("rule"));
        // The next rotation replaces a wrong certificate; the one before is not brought back.
        forward(ActionKind.ROTATE_CERTIFICATE, Reversibility.COMPENSABLE, PREVENTED, word("certificate"));
        // A playbook is as reversible as the worst of its steps; this entry is only for its name.
        forward(ActionKind.PLAYBOOK, Reversibility.IRREVERSIBLE, HEALED, word("playbook"));

        undoable(
                ActionKind.SCALE,
                new Undo(ActionKind.SCALE, Map.of("from", "to", "to", "from")),
                whole("from", 1, MOST_INSTANCES).start(),
                whole("to", 1, MOST_INSTANCES));
        undoable(
                ActionKind.ROLL_BACK_RELEASE,
                new Undo(ActionKind.ROLL_BACK_RELEASE, Map.of("version", "fromVersion", "fromVersion", "version")),
                word("version"),
                word("fromVersion").start().optional(),
                word("toVersion").start().optional(),
                word("from").start().optional(),
                word("to").start().optional());
        undoable(
                ActionKind.FAIL_OVER,
                new Undo(ActionKind.FAIL_OVER, Map.of("from", "to", "to", "from")),
                word("to"),
                word("from").start().optional());
        undoable(ActionKind.DRAIN, new Undo(ActionKind.UNDRAIN, Map.of()));
        undoable(ActionKind.UNDRAIN, new Undo(ActionKind.DRAIN, Map.of()));
        undoable(ActionKind.DISABLE_FLAG, new Undo(ActionKind.ENABLE_FLAG, Map.of("flag", "flag")), word("flag"));
        undoable(ActionKind.ENABLE_FLAG, new Undo(ActionKind.DISABLE_FLAG, Map.of("flag", "flag")), word("flag"));
    }

    private Catalogue() {}

    /** The entry of this kind; empty only for what a newer release writes. */
    public static Optional<ActionSpec> of(ActionKind kind) {
        return Optional.ofNullable(ENTRIES.get(kind));
    }

    /** Whether some action takes an argument of this name. */
    public static boolean isArgument(String name) {
        return ENTRIES.values().stream()
                .flatMap(spec -> spec.arguments().stream())
                .anyMatch(argument -> argument.name().equals(name));
    }

    /** Nothing takes it back. */
    private static void forward(
            ActionKind kind, Reversibility reversibility, Set<Proof> proofs, Argument... arguments) {
        add(kind, reversibility, Optional.empty(), proofs, EnumSet.noneOf(Precheck.class), arguments);
    }

    private static void undoable(ActionKind kind, Undo undo, Argument... arguments) {
        add(
                kind,
                Reversibility.UNDOABLE,
                Optional.of(undo),
                HEALED,
                EnumSet.of(Precheck.UNDO_IS_KNOWN, Precheck.SOMETHING_CHANGES),
                arguments);
    }

    private static void add(
            ActionKind kind,
            Reversibility reversibility,
            Optional<Undo> undo,
            Set<Proof> proofs,
            Set<Precheck> own,
            Argument... arguments) {
        Set<Precheck> prechecks = EnumSet.of(Precheck.PROBE_SUPPORTS_CAUSE, Precheck.ENOUGH_STAY_HEALTHY);
        prechecks.addAll(own);
        List<ActionKind> effects =
                kind == ActionKind.ROLLING_RESTART ? List.of(kind, ActionKind.RESTART) : List.of(kind);
        ENTRIES.put(
                kind, new ActionSpec(kind, effects, reversibility, true, List.of(arguments), undo, prechecks, proofs));
    }
}
