package io.nightshift.oversee.console;

import io.nightshift.oversee.domain.summary.MorningSummary;
import io.nightshift.oversee.domain.view.ActionView;
import io.nightshift.oversee.domain.view.ConsoleState;
import io.nightshift.oversee.domain.view.ConsoleView;
import io.nightshift.oversee.domain.view.ExplanationView;
import io.nightshift.oversee.domain.view.GraphView;
import io.nightshift.oversee.domain.view.IncidentDetail;
import io.nightshift.oversee.domain.view.SignatureCheck;
import io.nightshift.schemas.Question;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The view, shared between the threads that read topics and those that answer requests. */
public final class LiveView {

    private final ConsoleView view;
    private final Clock clock;

    public LiveView(SignatureCheck signatures, Clock clock) {
        this.view = new ConsoleView(signatures);
        this.clock = clock;
    }

    public synchronized void accept(Object event) {
        view.accept(event);
    }

    synchronized long version() {
        return view.version();
    }

    synchronized ConsoleState state() {
        return view.state(clock.instant());
    }

    synchronized GraphView graph() {
        return view.graph(clock.instant());
    }

    synchronized List<ActionView> awaiting() {
        return view.awaiting();
    }

    synchronized Optional<IncidentDetail> incident(String id) {
        return view.incident(id);
    }

    synchronized Optional<ExplanationView> explanation(String investigationId) {
        return view.explanation(investigationId);
    }

    /** A question about this incident, or empty when it is not known. */
    synchronized Optional<Question> question(String incidentId, String text) {
        return view.file(incidentId).flatMap(file -> file.question(text));
    }

    /** The morning summary in Markdown, in the time zone of this machine. */
    synchronized Optional<String> summary(String id) {
        return view.file(id).map(file -> MorningSummary.of(file, ZoneId.systemDefault()));
    }
}
