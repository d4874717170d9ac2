package io.nightshift.investigate.llm;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.KnownNames;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Untrusted;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a diagnosis as a prompt that fits a model's context. What strangers wrote arrives escaped: it can neither close its
 * block nor its guillemets, and no template placeholder survives.
 */
final class Prompt {

    /** Characters a token stands for, on the safe side for names and numbers. */
    private static final double CHARACTERS_PER_TOKEN = 3;

    /** Part of the context for the prompt; the rest is for looks and the answer. */
    private static final double PROMPT_SHARE = 0.5;

    private static final int QUESTION = 500;

    private Prompt() {}

    static String of(Diagnosis diagnosis, String question, int contextTokens) {
        int budget = (int) (contextTokens * PROMPT_SHARE * CHARACTERS_PER_TOKEN);
        StringBuilder prompt = new StringBuilder();
        if (question != null) {
            prompt.append("A person asks: ")
                    .append(Untrusted.data(question, QUESTION))
                    .append("\n\n");
        }
        prompt.append("Cause classes: ").append(names(CauseClass.values())).append('\n');
        prompt.append("Actions: ").append(names(ActionKind.values())).append('\n');
        prompt.append("Services that may be acted on: ")
                .append(diagnosis.subject().inventory().services().stream()
                        .map(service -> Quoted.name(service.id()))
                        .collect(Collectors.joining(", ")))
                .append("\n\nThe ranker's hypotheses:\n");
        KnownNames names = KnownNames.of(diagnosis.subject().inventory());
        diagnosis.ranking().hypotheses().forEach(hypothesis -> prompt.append(line(hypothesis, names)));
        prompt.append("\nEvidence:\n").append("<data>\n");
        int shown = 0;
        for (EvidenceItem item : diagnosis.evidence()) {
            String line = line(item);
            if (prompt.length() + line.length() > budget) {
                break;
            }
            prompt.append(line);
            shown++;
        }
        prompt.append("</data>\n");
        int hidden = diagnosis.evidence().size() - shown;
        if (hidden > 0) {
            prompt.append(hidden).append(" more items can be looked at with the tools.\n");
        }
        return prompt.toString();
    }

    static String line(EvidenceItem item) {
        return "[" + item.getId() + "] " + item.getKind().name().toLowerCase(Locale.ROOT) + ": " + item.getText()
                + "\n";
    }

    private static String line(Hypothesis hypothesis, KnownNames names) {
        String where = hypothesis.getService().isEmpty() ? "-" : names.show(hypothesis.getService());
        return String.format(
                Locale.ROOT,
                "%d. %s %s, confidence %.2f%n",
                hypothesis.getRank(),
                where,
                hypothesis.getCauseClass(),
                hypothesis.getConfidence());
    }

    private static String names(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(Enum::name)
                .filter(name -> !name.equals("UNKNOWN"))
                .collect(Collectors.joining(", "));
    }
}
