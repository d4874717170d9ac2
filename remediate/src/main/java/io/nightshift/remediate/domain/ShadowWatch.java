package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.PeopleDid;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether people did by themselves what was only recorded, as far as change events tell: the same, once such a change of the
 * target is told; otherwise, once the incident is over and only other changes were. Where no change is told nothing is said.
 *
 * <p>Change events are telemetry, which strangers can write. What they tell is recorded on the action for people to read, and
 * counts for nothing: nothing is decided on it, and no trust is made of it.
 *
 * @param within time after the record in which a change counts as an answer to the same trouble
 */
public record ShadowWatch(Duration within) {

    /** Names, in a change event, the action of the catalogue that was done; for kinds that tell too little, such as a restart. */
    private static final String ACTION = "action";

    private static final String OURSELVES = "nightshift";

    public void on(ChangeEvent change, AdmissionMemory memory, Outbox out, Instant now) {
        if (change.getActor().equalsIgnoreCase(OURSELVES)) {
            return;
        }
        String service = ServiceKey.of(change.getService()).toString();
        Instant at = Instant.EPOCH.plus(change.getTimeMicros(), ChronoUnit.MICROS);
        for (ActionState state : memory.actions()) {
            ActionEvent recorded = state.getEvent();
            boolean answers = isOpen(state)
                    && recorded.getService().equals(service)
                    && at.isAfter(recorded.getAt())
                    && !at.isAfter(recorded.getAt().plus(within));
            if (answers && isTheSame(recorded.getPlan(), change)) {
                tell(state, PeopleDid.THE_SAME, "did the same: " + words(change), memory, out, now);
            } else if (answers && state.getOtherChange() == null) {
                memory.keep(ActionState.newBuilder(state)
                        .setOtherChange(words(change))
                        .build());
            }
        }
    }

    /** When the trouble is over, what was done instead has ended it, or it ended by itself. */
    public void on(Incident incident, AdmissionMemory memory, Outbox out, Instant now) {
        if (incident.getPhase() != IncidentPhase.RESOLVED) {
            return;
        }
        for (ActionState state : memory.actions()) {
            if (isOpen(state)
                    && state.getEvent().getIncidentId().equals(incident.getId())
                    && state.getOtherChange() != null) {
                tell(state, PeopleDid.OTHERWISE, "did something else: " + state.getOtherChange(), memory, out, now);
            }
        }
    }

    private static boolean isOpen(ActionState state) {
        return state.getEvent().getStatus() == ActionStatus.SHADOWED
                && state.getEvent().getPeopleDid() == PeopleDid.UNKNOWN
                && state.getEvent().getPlan() != null;
    }

    private static void tell(
            ActionState state, PeopleDid did, String what, AdmissionMemory memory, Outbox out, Instant now) {
        String sentence = ActionEvents.name(state.getEvent().getAction()) + " of "
                + Planning.quoted(state.getEvent().getTarget())
                + " was only recorded; as a change event has it, which nobody signed, people " + what + ".";
        ActionEvent event = ActionEvent.newBuilder(
                        ActionEvents.next(state.getEvent(), ActionStatus.SHADOWED, now, sentence))
                .setPeopleDid(did)
                .build();
        ActionEvents.move(state, event, memory, out);
    }

    private static boolean isTheSame(Plan plan, ChangeEvent change) {
        List<ActionKind> kinds = Stream.concat(
                        Stream.of(plan.getAction()), plan.getSteps().stream().map(PlanStep::getAction))
                .distinct()
                .toList();
        String named = change.getAttributes().getOrDefault(ACTION, "");
        return kinds.stream().anyMatch(kind -> kind.name().equals(named))
                || kinds.stream().anyMatch(kind -> isTheSame(kind, plan.getArguments(), change));
    }

    /** An earlier release may come back by a deployment as well. What one side does not tell is not compared. */
    private static boolean isTheSame(ActionKind kind, Map<String, String> arguments, ChangeEvent change) {
        String version = arguments.get("version");
        return switch (kind) {
            case ROLL_BACK_RELEASE ->
                change.getKind() == ChangeKind.ROLLBACK && isAlike(version, change.getVersion())
                        || change.getKind() == ChangeKind.DEPLOYMENT
                                && version != null
                                && version.equals(change.getVersion());
            case DISABLE_FLAG, ENABLE_FLAG ->
                change.getKind() == ChangeKind.FEATURE_FLAG
                        && isAlike(arguments.get("flag"), change.getAttributes().get("flag"));
            case SCALE -> change.getKind() == ChangeKind.SCALING;
            default -> false;
        };
    }

    private static boolean isAlike(String planned, String told) {
        return planned == null || told == null || planned.equals(told);
    }

    private static String words(ChangeEvent change) {
        String version = change.getVersion() == null ? "" : " to " + Planning.quoted(change.getVersion());
        String by = change.getActor().isEmpty() ? "" : " by " + Planning.quoted(change.getActor());
        return ActionEvents.name(change.getKind()) + version + by;
    }
}
