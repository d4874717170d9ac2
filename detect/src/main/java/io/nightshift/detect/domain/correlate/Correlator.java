package io.nightshift.detect.domain.correlate;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.schemas.CauseHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Groups the anomalies of one environment into incidents: near in the service graph and near in time belong together. Time
 * comes from ticks only.
 *
 * <pre>
 *   anomaly ──▶ pending ──(settled, near an incident)──▶ joins it
 *                  │
 *                  ├──(settled, with harm or strain among its neighbours)──▶ opens one: OPEN ──▶ UPDATE* ──▶ RESOLVED
 *                  │                                                                     └──▶ MERGED into an older one
 *                  └──(a hint that stays alone)──▶ dropped; it stands in the anomalies topic
 * </pre>
 */
public final class Correlator {

    /** Where open incidents and their members are kept, so that a restart continues them. */
    public interface Memory {
        void member(String incidentId, Anomaly anomaly);

        void incident(Incident incident);

        void forget(String incidentId, Set<String> anomalyIds);
    }

    private static final int MAX_PENDING = 20_000;
    /** Dropping many at once makes it rare. */
    private static final int DROPPED_AT_ONCE = 2_000;

    private final String environment;
    private final CorrelationSettings settings;
    private final Memory memory;
    private final Neighbourhood graph = new Neighbourhood();
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final Map<String, Case> caseOf = new HashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private long nowMillis;
    private long dropped;

    private record Pending(Member member, long sinceMillis) {}

    public Correlator(String environment, CorrelationSettings settings, Memory memory) {
        this.environment = environment;
        this.settings = settings;
        this.memory = memory;
    }

    public void restore(Incident said) {
        cases.put(said.getId(), Case.restore(said));
    }

    /** Gives a restored incident a member back; one whose incident is gone is ignored. */
    public void restore(String incidentId, Anomaly anomaly) {
        Case incident = cases.get(incidentId);
        if (incident != null) {
            incident.add(new Member(anomaly), settings.maxMembers());
            caseOf.put(anomaly.getId(), incident);
        }
    }

    public void accept(GraphEntry entry) {
        graph.accept(entry);
    }

    public void accept(Anomaly anomaly) {
        Case incident = caseOf.get(anomaly.getId());
        Pending waiting = pending.get(anomaly.getId());
        if (incident != null) {
            Member member = incident.members().get(anomaly.getId());
            if (member != null) {
                member.update(anomaly);
                incident.touched(member);
                memory.member(incident.id(), member.anomaly());
            }
        } else if (waiting != null) {
            waiting.member().update(anomaly);
        } else if (anomaly.getPhase() != AnomalyPhase.CLEAR) {
            if (pending.size() >= MAX_PENDING) {
                dropLeastTelling();
            }
            pending.put(anomaly.getId(), new Pending(new Member(anomaly), nowMillis));
        }
    }

    /** In a storm hints go first, harm last. What is dropped stands in the anomalies topic. */
    private void dropLeastTelling() {
        List<Member> members =
                new ArrayList<>(pending.values().stream().map(Pending::member).toList());
        members.sort(Member.LEAST_TELLING);
        members.subList(0, DROPPED_AT_ONCE).forEach(member -> pending.remove(member.id()));
        dropped += DROPPED_AT_ONCE;
    }

    /** Moves time on and returns what is to be said about incidents. */
    public List<Incident> time(long millis) {
        nowMillis = Math.max(nowMillis, millis);
        settle();
        List<Incident> said = new ArrayList<>(merge());
        for (Iterator<Case> all = cases.values().iterator(); all.hasNext(); ) {
            Case incident = all.next();
            if (Paging.decide(
                    incident.members().values(), nowMillis, settings.blip().toMillis())) {
                incident.page();
            }
            if (incident.isOver(nowMillis, settings.quiet().toMillis())) {
                said.add(record(incident, IncidentPhase.RESOLVED, null));
                release(incident);
                all.remove();
            } else if (incident.isDue(nowMillis, settings.updateEvery().toMillis())) {
                Incident now = record(incident, incident.nextPhase(), null);
                memory.incident(now);
                said.add(now);
            }
        }
        return said;
    }

    /** Anomalies that no incident will hear of, because too many waited at once. */
    public long dropped() {
        return dropped;
    }

    public int openIncidents() {
        return cases.size();
    }

    private void settle() {
        List<Member> homeless = new ArrayList<>();
        for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
            Pending next = all.next();
            long waited = nowMillis - next.sinceMillis();
            if (waited < settings.settle().toMillis()) {
                continue;
            }
            Case home = homeOf(next.member());
            if (home != null) {
                join(home, next.member());
                all.remove();
            } else if (!next.member().isOpen() || waited > settings.pendingFor().toMillis()) {
                all.remove();
            } else if (next.member().weight() != Weight.HINT) {
                homeless.add(next.member());
            }
        }
        homeless.sort(Comparator.comparingLong(Member::onsetMillis).thenComparing(Member::id));
        for (Member founder : homeless) {
            Case home = homeOf(founder);
            join(home != null ? home : open(founder), founder);
            pending.remove(founder.id());
        }
        if (!homeless.isEmpty()) {
            gatherHints();
        }
    }

    /** What waited alone may be near the incident that just opened. */
    private void gatherHints() {
        for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
            Member member = all.next().member();
            Case home = homeOf(member);
            if (home != null) {
                join(home, member);
                all.remove();
            }
        }
    }

    private Case open(Member founder) {
        Case opened = new Case(CauseHash.id("inc", environment, founder.id()), nowMillis);
        cases.put(opened.id(), opened);
        return opened;
    }

    private void join(Case home, Member member) {
        if (home.add(member, settings.maxMembers())) {
            caseOf.put(member.id(), home);
            memory.member(home.id(), member.anomaly());
        }
    }

    private Case homeOf(Member member) {
        Set<String> near = null;
        for (Case incident : cases.values()) {
            if (incident.services().containsKey(member.service())
                    || intersects(
                            near = near == null ? graph.near(member.service(), settings.hops()) : near,
                            incident.services().keySet())) {
                if (incident.isNearInTime(
                        member.onsetMillis(), settings.onsetGap().toMillis())) {
                    return incident;
                }
            }
        }
        return null;
    }

    /** Incidents that turned out to be near each other become one: the later goes into the earlier. */
    private List<Incident> merge() {
        List<Incident> said = new ArrayList<>();
        List<Case> inOrder = new ArrayList<>(cases.values());
        inOrder.sort(Comparator.comparingLong(Case::openedMillis).thenComparing(Case::id));
        for (int later = inOrder.size() - 1; later > 0; later--) {
            for (int earlier = 0; earlier < later; earlier++) {
                if (areOne(inOrder.get(earlier), inOrder.get(later))) {
                    said.add(merge(inOrder.get(later), inOrder.get(earlier)));
                    break;
                }
            }
        }
        return said;
    }

    private boolean areOne(Case a, Case b) {
        if (!a.isNearInTime(b.firstOnset(), settings.onsetGap().toMillis())) {
            return false;
        }
        Case small = a.services().size() <= b.services().size() ? a : b;
        Case large = small == a ? b : a;
        return small.services().keySet().stream()
                .anyMatch(s -> intersects(
                        graph.near(s, settings.hops()), large.services().keySet()));
    }

    private Incident merge(Case from, Case into) {
        Incident last = record(from, IncidentPhase.MERGED, into.id());
        release(from);
        cases.remove(from.id());
        from.members().values().forEach(member -> join(into, member));
        if (from.pages()) {
            into.page();
        }
        return last;
    }

    private void release(Case incident) {
        Set<String> ids = new HashSet<>(incident.members().keySet());
        ids.forEach(caseOf::remove);
        memory.forget(incident.id(), ids);
    }

    private Incident record(Case incident, IncidentPhase phase, String mergedInto) {
        Set<String> unhealthy = new HashSet<>();
        for (Case any : cases.values()) {
            for (Member member : any.members().values()) {
                if (member.isOpen() && member.weight() == Weight.HARM) {
                    unhealthy.add(member.service());
                }
            }
        }
        return IncidentRecord.of(
                incident,
                phase,
                mergedInto,
                graph,
                new IncidentRecord.Surroundings(environment, unhealthy.size(), graph.knownServices(), cases.size() - 1),
                nowMillis);
    }

    private static boolean intersects(Set<String> a, Set<String> b) {
        Set<String> small = a.size() <= b.size() ? a : b;
        Set<String> large = small == a ? b : a;
        return small.stream().anyMatch(large::contains);
    }
}
