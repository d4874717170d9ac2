package io.nightshift.remediate.domain;

import io.nightshift.events.ActionState;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Trust;
import java.util.List;
import java.util.Optional;

/** What admission remembers between records and across restarts. */
public interface AdmissionMemory extends NoteBook {

    Optional<ActionState> action(String actionId);

    /** Remembered actions of every environment that is decided here. */
    List<ActionState> actions();

    void keep(ActionState state);

    void forgetAction(String actionId);

    Optional<Incident> incident(String incidentId);

    List<Incident> incidents();

    void keep(Incident incident);

    void forgetIncident(String incidentId);

    /** The latest investigation of an incident that is still to be decided on. */
    Optional<Investigation> waiting(String incidentId);

    List<Investigation> allWaiting();

    void keepWaiting(Investigation investigation);

    void forgetWaiting(String incidentId);

    /** What the trust ledger says of a {@link io.nightshift.schemas.trust.TrustKey}. */
    Optional<Trust> trust(String key);

    void keep(String key, Trust trust);

    void forgetTrust(String key);
}
