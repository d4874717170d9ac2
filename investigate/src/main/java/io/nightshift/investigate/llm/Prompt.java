package io.nightshift.investigate.llm;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Hypothesis;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.KnownNames;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Untrusted;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a diagnosis as a prompt that fits into so many characters. What strangers wrote arrives escaped: it can neither close
 * its block nor its guillemets, and no template placeholder survives.
 */
final class Prompt {

    /** Part of the prompt that the list of services, and that of the ranker's hypotheses, may take. */
    private static final double LIST_SHARE = 0.2;

    private static final int QUESTION = 500;

    private final Diagnosis diagnosis;
    private final Exhibits exhibits;
    private final int budget;
    private final KnownNames names;
    private final StringBuilder text = new StringBuilder();

    private Prompt(Diagnosis diagnosis, Exhibits exhibits, int budget) {
        this.diagnosis = diagnosis;
        this.exhibits = exhibits;
        this.budget = budget;
        this.names = KnownNames.of(diagnosis.subject().inventory());
    }

    /**
     * @param question a person's question, or null
     * @param characters greatest length; cause classes and actions are told even where they alone are longer
     * @param exhibits told which evidence is shown
     */
    static String of(Diagnosis diagnosis, String question, int characters, Exhibits exhibits) {
        return new Prompt(diagnosis, exhibits, characters).write(question);
    }

    static String line(EvidenceItem item) {
        return "[" + item.getId() + "] " + item.getKind().name().toLowerCase(Locale.ROOT) + ": " + item.getText()
                + "\n";
    }

    private String write(String question) {
        if (question != null) {
            text.append("A person asks: ")
                    .append(Untrusted.data(question, QUESTION))
                    .append("\n\n");
        }
        text.append("Cause classes: ").append(listed(CauseClass.values())).append('\n');
        text.append("Actions: ").append(listed(ActionKind.values())).append('\n');
        text.append("Services that may be acted on: ").append(services()).append("\n\nThe ranker's hypotheses:\n");
        int end = text.length() + (int) (budget * LIST_SHARE);
        for (Hypothesis hypothesis : diagnosis.ranking().hypotheses()) {
            String line = line(hypothesis);
            if (text.length() + line.length() <= end) {
                text.append(line);
            }
        }
        evidence();
        return text.toString();
    }

    /** Those that the ranker names and that suffer first, then the others, as far as there is room. */
    private String services() {
        Set<String> ordered = new LinkedHashSet<>();
        diagnosis.ranking().hypotheses().stream().map(Hypothesis::getService).forEach(ordered::add);
        diagnosis.ranking().affected().keySet().stream().sorted().forEach(ordered::add);
        diagnosis.subject().inventory().services().forEach(service -> ordered.add(service.id()));
        List<String> named = ordered.stream()
                .filter(service ->
                        diagnosis.subject().inventory().service(service).isPresent())
                .map(Quoted::name)
                .toList();
        StringBuilder list = new StringBuilder();
        int listed = 0;
        for (String service : named) {
            if (list.length() + service.length() > budget * LIST_SHARE) {
                break;
            }
            list.append(listed == 0 ? "" : ", ").append(service);
            listed++;
        }
        int hidden = named.size() - listed;
        return list + (hidden == 0 ? "" : " and " + hidden + " more");
    }

    private void evidence() {
        text.append("\nEvidence:\n").append("<data>\n");
        Set<String> fitting = fitting();
        for (EvidenceItem item : exhibits.pack()) {
            if (fitting.contains(item.getId())) {
                text.append(line(item));
                exhibits.show(item);
            }
        }
        text.append("</data>\n");
        int hidden = exhibits.pack().size() - fitting.size();
        if (hidden > 0) {
            text.append(hidden).append(" more items can be looked at with the tools.\n");
        }
    }

    /** What the ranker's first causes cite comes before the rest of the pack, most telling first. */
    private Set<String> fitting() {
        Set<String> cited = diagnosis.ranking().hypotheses().stream()
                .limit(3)
                .flatMap(hypothesis -> hypothesis.getEvidenceFor().stream())
                .map(Claim::getEvidenceIds)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
        Set<String> fitting = new HashSet<>();
        int used = text.length();
        for (boolean wanted : new boolean[] {true, false}) {
            for (EvidenceItem item : exhibits.pack()) {
                int length = line(item).length();
                if (cited.contains(item.getId()) == wanted && used + length <= budget) {
                    used += length;
                    fitting.add(item.getId());
                }
            }
        }
        return fitting;
    }

    private String line(Hypothesis hypothesis) {
        String where = hypothesis.getService().isEmpty() ? "-" : names.show(hypothesis.getService());
        return String.format(
                Locale.ROOT,
                "%d. %s %s, confidence %.2f%n",
                hypothesis.getRank(),
                where,
                hypothesis.getCauseClass(),
                hypothesis.getConfidence());
    }

    private static String listed(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(Enum::name)
                .filter(name -> !name.equals("UNKNOWN"))
                .collect(Collectors.joining(", "));
    }
}
