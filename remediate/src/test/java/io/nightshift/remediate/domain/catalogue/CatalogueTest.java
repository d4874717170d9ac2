package io.nightshift.remediate.domain.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Reversibility;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogueTest {

    private static final List<Effect> UNDOABLE = List.of(
            new Effect(ActionKind.SCALE, Map.of("from", "2", "to", "3")),
            new Effect(ActionKind.ROLL_BACK_RELEASE, Map.of("version", "1.4.1", "fromVersion", "1.4.2")),
            new Effect(ActionKind.FAIL_OVER, Map.of("from", "zone-a", "to", "zone-b")),
            new Effect(ActionKind.DRAIN, Map.of()),
            new Effect(ActionKind.UNDRAIN, Map.of()),
            new Effect(ActionKind.DISABLE_FLAG, Map.of("flag", "new-prices")),
            new Effect(ActionKind.ENABLE_FLAG, Map.of("flag", "new-prices")));

    @Test
    void everyKindOfTheContractHasItsEntry() {
        for (ActionKind kind : ActionKind.values()) {
            assertThat(Catalogue.of(kind).isPresent()).as(kind.name()).isEqualTo(kind != ActionKind.UNKNOWN);
        }
    }

    @Test
    void everyEntrySaysWhatMustBeTrueBeforeAndWhatShowsThatItHelped() {
        for (ActionKind kind : ActionKind.values()) {
            Catalogue.of(kind).ifPresent(spec -> {
                assertThat(spec.prechecks())
                        .as(kind.name())
                        .contains(Precheck.PROBE_SUPPORTS_CAUSE, Precheck.ENOUGH_STAY_HEALTHY);
                assertThat(spec.proofs()).as(kind.name()).contains(Proof.PROBES_WELL, Proof.ANOMALIES_CLEARED);
                assertThat(spec.reversibility()).as(kind.name()).isNotEqualTo(Reversibility.UNKNOWN);
                assertThat(spec.undo().isPresent())
                        .as(kind.name())
                        .isEqualTo(spec.reversibility() == Reversibility.UNDOABLE);
            });
        }
    }

    @Test
    void theUndoOfAnUndoIsTheEffect() {
        for (Effect effect : UNDOABLE) {
            Effect undo = effect.undo().orElseThrow();
            assertThat(undo.endsLike(effect)).as(effect.toString()).isFalse();
            assertThat(undo.undo()).contains(effect);
            assertThat(effect.isNoOp()).isFalse();
        }
        assertThat(UNDOABLE.get(0).undo()).contains(new Effect(ActionKind.SCALE, Map.of("from", "3", "to", "2")));
        assertThat(UNDOABLE.stream().map(Effect::kind))
                .as("every undoable kind is tried here")
                .containsExactlyInAnyOrderElementsOf(kinds(Reversibility.UNDOABLE));
    }

    @Test
    void whatEndsWhereItBeginsIsANoOp() {
        assertThat(new Effect(ActionKind.SCALE, Map.of("from", "2", "to", "2")).isNoOp())
                .isTrue();
        assertThat(new Effect(ActionKind.FAIL_OVER, Map.of("from", "a", "to", "a")).isNoOp())
                .isTrue();
        assertThat(new Effect(ActionKind.ROLL_BACK_RELEASE, Map.of("version", "1", "fromVersion", "1")).isNoOp())
                .isTrue();
    }

    @Test
    void anUndoThatIsNotKnownMakesAnActionIrreversible() {
        assertThat(new Effect(ActionKind.ROLL_BACK_RELEASE, Map.of("version", "1.4.1")).undo())
                .isEmpty();
        assertThat(new Effect(ActionKind.FAIL_OVER, Map.of("to", "zone-b")).undo())
                .isEmpty();
        ActionSpec back = Catalogue.of(ActionKind.ROLL_BACK_RELEASE).orElseThrow();
        assertThat(back.reversibility(true)).isEqualTo(Reversibility.UNDOABLE);
        assertThat(back.reversibility(false)).isEqualTo(Reversibility.IRREVERSIBLE);
        assertThat(Catalogue.of(ActionKind.RESTART).orElseThrow().reversibility(false))
                .isEqualTo(Reversibility.SELF_RESTORING);
    }

    @Test
    void argumentsAreCheckedForNameFormRangeAndPresence() {
        assertAgainst(ActionKind.SCALE, Map.of("from", "2"), "needs the argument to");
        assertAgainst(ActionKind.SCALE, Map.of("from", "2", "to", "0"), "must be 1 to 1000");
        assertAgainst(ActionKind.SCALE, Map.of("from", "2", "to", "1001"), "must be 1 to 1000");
        assertAgainst(ActionKind.SCALE, Map.of("from", "2", "to", "3 "), "does not look like");
        assertAgainst(ActionKind.SCALE, Map.of("from", "2", "to", "-3"), "does not look like");
        assertAgainst(ActionKind.SCALE, Map.of("from", "2", "to", "99999999999"), "does not look like");
        assertAgainst(ActionKind.FREE_DISK, Map.of("rule", "/var/lib"), "does not look like");
        assertAgainst(ActionKind.FREE_DISK, Map.of("rule", "logs", "path", "x"), "takes no argument 'path'");
        assertAgainst(ActionKind.FREE_DISK, Map.of("rule", "logs", "; rm", "x"), "takes no argument of that name");
        assertAgainst(ActionKind.RESTART, Map.of("force", "yes"), "it takes none");
        for (ActionKind kind : ActionKind.values()) {
            Catalogue.of(kind).ifPresent(spec -> spec.arguments().forEach(argument -> {
                for (String hostile : List.of("", "--force", "$(id)", "a b", "a;b", "a\nb", "{x}", "../x", "a'b")) {
                    assertThat(argument.against(hostile))
                            .as(kind + " " + argument.name())
                            .isPresent();
                }
            }));
        }
    }

    @Test
    void aTargetPerformsAnUndoOnlyWhenItDeclaresItForTheSameSubject() {
        Effect undrain = new Effect(ActionKind.UNDRAIN, Map.of());
        assertThat(declared(Map.of(ActionKind.DRAIN, "{instance}", ActionKind.UNDRAIN, "{instance}"))
                        .performable(undrain, ActionKind.DRAIN))
                .contains(undrain);
        assertThat(declared(Map.of(ActionKind.DRAIN, "{instance}")).performable(undrain, ActionKind.DRAIN))
                .isEmpty();
        assertThat(declared(Map.of(ActionKind.DRAIN, "{instance}", ActionKind.UNDRAIN, "{service}"))
                        .performable(undrain, ActionKind.DRAIN))
                .as("what undoes all of them does not take back what was done to one")
                .isEmpty();
    }

    private static DeclaredActions declared(Map<ActionKind, String> subjects) {
        Map<ActionKind, CommandSpec> actions = new HashMap<>();
        subjects.forEach(
                (kind, subject) -> actions.put(kind, new CommandSpec(List.of("act", subject), Duration.ofSeconds(5))));
        return new DeclaredActions(new CommandTarget("t", true, actions, actions.get(ActionKind.DRAIN)));
    }

    private static void assertAgainst(ActionKind kind, Map<String, String> arguments, String why) {
        assertThat(new Effect(kind, arguments).againstArguments())
                .get()
                .asString()
                .contains(why);
    }

    private static List<ActionKind> kinds(Reversibility reversibility) {
        List<ActionKind> kinds = new ArrayList<>();
        for (ActionKind kind : ActionKind.values()) {
            Catalogue.of(kind)
                    .filter(spec -> spec.reversibility() == reversibility)
                    .ifPresent(spec -> kinds.add(kind));
        }
        return kinds;
    }
}
