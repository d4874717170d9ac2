package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.oversee.domain.night.Night;
import io.nightshift.oversee.domain.view.ExplanationView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightshift explain}. */
@Command(
        name = "explain",
        description = "Shows the reasoning behind an answer: hypotheses, evidence for and against, what was refused.")
public final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(
            paramLabel = "ID",
            description = "An incident, an investigation (inv-…) or a question (ask-…). Of an incident with several"
                    + " investigations the one that was acted on is shown, or the last.")
    private String id;

    @Option(names = "--nth", paramLabel = "N", description = "Of several investigations the Nth; 1 is the first.")
    private Integer nth;

    @Option(names = "--evidence", description = "List all evidence, not only what is cited.")
    private boolean evidence;

    @Option(names = "--model", description = "List each call of the model with its digests.")
    private boolean model;

    @Option(names = "--json", description = "Print one JSON object with everything.")
    private boolean json;

    /** What is shown, and which of how many it is. */
    private record Chosen(Investigation investigation, int number, int of) {}

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        Chosen chosen = choose(NightReader.read(Client.connect(home)));
        ExplanationView explanation = ExplanationView.of(chosen.investigation());
        if (json) {
            ObjectNode fields = new ObjectMapper().valueToTree(explanation);
            fields.put("nth", chosen.number());
            fields.put("of", chosen.of());
            System.out.println(new ObjectMapper().writeValueAsString(fields));
            return 0;
        }
        new ExplanationText(explanation).full(evidence, model).forEach(System.out::println);
        if (chosen.of() > 1) {
            System.out.println();
            System.out.println("investigation " + chosen.number() + " of " + chosen.of() + "; --nth 1 to --nth "
                    + chosen.of() + " shows the others");
        }
        return 0;
    }

    private Chosen choose(Night night) {
        IncidentFile file = night.incident(id).orElse(null);
        if (file == null) {
            Investigation named = night.investigation(id).orElseThrow(this::unknown);
            IncidentFile its = night.incident(named.getIncidentId()).orElseThrow();
            return chosen(named, its.investigations());
        }
        List<Investigation> all = file.investigations();
        if (all.isEmpty()) {
            throw new UsageException("nobody has looked into " + id + " yet; ./nightshift investigate " + id + " asks");
        }
        if (nth != null && (nth < 1 || nth > all.size())) {
            throw new UsageException("there is no investigation " + nth + " of " + id + "; it has " + all.size());
        }
        return chosen(nth == null ? file.answer().orElseThrow() : all.get(nth - 1), all);
    }

    private static Chosen chosen(Investigation investigation, List<Investigation> all) {
        return new Chosen(investigation, all.indexOf(investigation) + 1, all.size());
    }

    private UsageException unknown() {
        return new UsageException("there is no incident, investigation or question '" + Words.plain(id)
                + "'; ./nightshift incidents lists the incidents");
    }
}
