package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import java.util.List;

/** The guards of admission, in the order in which their objections are told. */
public final class Guards {

    private Guards() {}

    public static List<Guard> all() {
        return List.of(
                new Halted(),
                new HandsOff(),
                new FreezeCalendar(),
                new OpenIncident(),
                new AlreadyRecovered(),
                new FreshInvestigation(),
                new AutonomyLevel(),
                new TrustedLevel(),
                new Confidence(),
                new PersonOnly(),
                new TelemetryEvidence(),
                new IndependentSignal(),
                new TrafficSurge(),
                new Foundation(),
                new ManagedElsewhere(),
                new ProtectedTarget(),
                new Irreversible(),
                new UnfencedTarget(),
                new EscalatedTarget(),
                new MinimumHealthy(),
                new TargetInFlight(),
                new InFlightCaps(),
                new HourlyCap(),
                new DailyCap(),
                new WideOutage());
    }
}
