package io.nightshift.remediate.domain.guard;

import io.nightshift.events.ActionKind;
import io.nightshift.events.PlanStep;
import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a controller owns is changed where the controller reads it: it would set back what is changed here, or fight it. */
public final class ManagedElsewhere implements Guard {

    /** They change what a repository declares. */
    private static final Set<ActionKind> DECLARED =
            EnumSet.of(ActionKind.SCALE, ActionKind.ROLL_BACK_RELEASE, ActionKind.DISABLE_FLAG, ActionKind.ENABLE_FLAG);

    @Override
    public String id() {
        return "managed-elsewhere";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Set<ActionKind> effects = EnumSet.of(situation.plan().getAction());
        for (PlanStep step : situation.plan().getSteps()) {
            effects.add(step.getAction());
        }
        Set<String> managers = situation.service().managedBy();
        String service = situation.service().id();
        if (managers.contains(InventoryService.AUTOSCALER) && effects.contains(ActionKind.SCALE)) {
            return Objection.deny(
                    id(),
                    "an autoscaler sets how many instances " + service + " has; propose other bounds for it there");
        }
        return managers.contains(InventoryService.GITOPS)
                ? effects.stream()
                        .filter(DECLARED::contains)
                        .findFirst()
                        .flatMap(effect -> Objection.deny(
                                id(),
                                effect + " of " + service
                                        + " would change what a repository declares; propose the change there"))
                : Objection.none();
    }
}
