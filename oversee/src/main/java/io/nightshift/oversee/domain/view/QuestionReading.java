package io.nightshift.oversee.domain.view;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.schemas.Question;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts questions together with their answers; one that waits for its first answer is known by what was asked alone. */
final class QuestionReading {

    private static final int MOST = 20;

    private QuestionReading() {}

    /** The newest first. */
    static List<QuestionView> of(Collection<ControlRecord> controls, Collection<IncidentFile> answered) {
        Map<String, QuestionView> questions = new LinkedHashMap<>();
        for (IncidentFile file : answered) {
            List<Investigation> answers = file.investigations();
            Investigation last = answers.get(answers.size() - 1);
            String text = last.getQuestion() == null ? "" : last.getQuestion();
            questions.put(
                    file.id(),
                    new QuestionView(file.id(), text, "", null, last.getSentence(), InvestigationRef.of(answers)));
        }
        for (ControlRecord control : controls) {
            if (control.getKind() == ControlKind.INVESTIGATE && Question.isId(control.getSubject())) {
                questions.merge(control.getSubject(), asked(control), QuestionReading::both);
            }
        }
        return questions.values().stream()
                .sorted(Comparator.comparingLong(QuestionView::latest).reversed())
                .limit(MOST)
                .toList();
    }

    private static QuestionView asked(ControlRecord control) {
        return new QuestionView(
                control.getSubject(),
                control.getArguments().getOrDefault("question", ""),
                control.getActor(),
                control.getAt().toEpochMilli(),
                "",
                List.of());
    }

    private static QuestionView both(QuestionView known, QuestionView asked) {
        boolean newer = known.askedAt() == null || known.askedAt() <= asked.askedAt();
        return new QuestionView(
                known.id(),
                known.text().isEmpty() ? asked.text() : known.text(),
                newer ? asked.askedBy() : known.askedBy(),
                newer ? asked.askedAt() : known.askedAt(),
                known.sentence(),
                known.answers());
    }
}
