package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Whose share of a service's lines moved: that of errors and warnings together, and of single templates. */
final class Proportions {

    private static final double SHIFT_OF_TROUBLE = 2;
    /** Harmless lines come and go with what a service is asked to do. */
    private static final double SHIFT_OF_A_LINE = 4;

    private static final int MOST_SHIFTS = 3;

    private final LogFindings findings;
    private final Share trouble = new Share();
    private boolean saysTrouble;

    Proportions(LogFindings findings) {
        this.findings = findings;
    }

    /** A minute ended. */
    void minute(Collection<LogTemplate> templates, long nowMicros, Consumer<Judgement> out) {
        int all = 0;
        int troubled = 0;
        LogTemplate most = null;
        for (LogTemplate template : templates) {
            int lines = template.history.inMinute();
            all += lines;
            if (template.history.severity() >= LineSeverity.WARN) {
                troubled += lines;
                most = most == null || lines > most.history.inMinute() ? template : most;
            }
        }
        trouble.minute(troubled, all, SHIFT_OF_TROUBLE);
        if (trouble.isShifted() && most != null) {
            saysTrouble = true;
            out.accept(findings.shift(LogFindings.TROUBLE, trouble, most, troubled, nowMicros));
        } else if (saysTrouble) {
            saysTrouble = false;
            out.accept(new Judgement.Normal(findings.slot(AnomalyKind.PROPORTION, LogFindings.TROUBLE)));
        }
        judgeShares(templates, all, nowMicros, out);
    }

    /** When one share grows the others shrink: only those that moved farthest are told. */
    private void judgeShares(Collection<LogTemplate> templates, int all, long nowMicros, Consumer<Judgement> out) {
        List<Finding> shifts = new ArrayList<>();
        List<LogTemplate> shifted = new ArrayList<>();
        for (LogTemplate template : templates) {
            LogHistory history = template.history;
            int lines = history.closeMinute();
            boolean isTrouble = history.severity() >= LineSeverity.WARN;
            history.share.minute(lines, all, isTrouble ? SHIFT_OF_TROUBLE : SHIFT_OF_A_LINE);
            boolean toldOtherwise = history.isNew || history.bursts || isTrouble && saysTrouble;
            if (history.share.isShifted() && !toldOtherwise) {
                shifts.add(findings.shift(template.id(), history.share, template, lines, nowMicros));
                shifted.add(template);
            } else if (history.saysShift) {
                history.saysShift = false;
                out.accept(new Judgement.Normal(findings.slot(AnomalyKind.PROPORTION, template.id())));
            }
        }
        shifts.stream()
                .sorted(Comparator.comparingDouble(Finding::severity).reversed())
                .limit(MOST_SHIFTS)
                .forEach(out);
        shifted.forEach(template -> template.history.saysShift = true);
    }

    void write(StateWriter out) {
        trouble.write(out);
    }

    void read(StateReader in) {
        trouble.read(in);
    }
}
