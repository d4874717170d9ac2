package io.nightshift.investigate.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Look;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.look.Lines;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Parameter;
import io.nightshift.investigate.look.LookTool.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The looks that a model may take in one investigation: into the pack, and with the tools of the operator. All only read.
 * What a tool returns becomes evidence, line by line, escaped before anybody sees it.
 */
final class Looks {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What {@link Lines} leaves whole, and the mark of what it cut. */
    private static final int LINE = Lines.LONGEST + 1;

    private static final int NOTE = 200;
    private static final int ARGUMENT = 1_000;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String SERVICE = "service as environment/namespace/service";

    private final Exhibits exhibits;
    private final Supplier<List<LookTool>> source;
    private final int most;
    private final List<Look> taken = new ArrayList<>();
    private List<LookTool> tools = List.of();

    /**
     * @param source the tools of the operator
     * @param most looks in all
     */
    Looks(Exhibits exhibits, Supplier<List<LookTool>> source, int most) {
        this.exhibits = exhibits;
        this.source = source;
        this.most = most;
    }

    /**
     * What may be looked at now; asks the operator's tools. Where two looks have one name, the first counts, and the pack's
     * before all.
     */
    List<ToolSpecification> specifications() {
        tools = List.copyOf(source.get());
        List<ToolSpecification> all = new ArrayList<>();
        for (PackLook look : PackLook.values()) {
            List<Parameter> parameters =
                    look.isOfService() ? List.of(new Parameter(PackLook.SERVICE, SERVICE, true)) : List.of();
            all.add(specification(look.word(), look.description(), parameters));
        }
        for (LookTool tool : tools) {
            if (all.stream().noneMatch(known -> known.name().equals(tool.name()))) {
                all.add(specification(tool.name(), tool.description(), tool.parameters()));
            }
        }
        return List.copyOf(all);
    }

    private static ToolSpecification specification(String name, String description, List<Parameter> parameters) {
        JsonObjectSchema.Builder schema = JsonObjectSchema.builder();
        parameters.forEach(parameter -> schema.addStringProperty(parameter.name(), parameter.description()));
        schema.required(parameters.stream()
                .filter(Parameter::required)
                .map(Parameter::name)
                .toList());
        return ToolSpecification.builder()
                .name(name)
                .description(description)
                .parameters(schema.build())
                .build();
    }

    synchronized boolean areLeft() {
        return taken.size() < most;
    }

    synchronized List<Look> taken() {
        return List.copyOf(taken);
    }

    /** What a look found: evidence, and what else is to be said about it in our own words. */
    private record Found(List<EvidenceItem> items, String note, String outcome) {

        static Found nothing(String outcome) {
            return new Found(List.of(), outcome, outcome);
        }
    }

    /**
     * Takes a look and writes it down; whatever goes wrong stands in the answer.
     *
     * @param characters greatest length of the answer, about
     * @return the answer for the model
     */
    String take(ToolExecutionRequest call, int characters, Duration timeLeft) {
        if (!areLeft()) {
            return Instructions.LAST;
        }
        long begin = System.nanoTime();
        Found found = find(call, timeLeft.compareTo(LONGEST) < 0 ? timeLeft : LONGEST);
        StringBuilder text = new StringBuilder();
        List<String> shown = new ArrayList<>();
        for (EvidenceItem item : found.items()) {
            String line = Prompt.line(item);
            if (text.length() + line.length() <= characters) {
                text.append(line);
                exhibits.show(item);
                shown.add(item.getId());
            }
        }
        note(call, shown, begin, found.outcome());
        int hidden = found.items().size() - shown.size();
        return (shown.isEmpty() ? "" : "<data>\n" + text + "</data>\n")
                + (hidden == 0 ? "" : hidden + " more lines did not fit. ")
                + found.note();
    }

    private synchronized void note(ToolExecutionRequest call, List<String> shown, long begin, String outcome) {
        taken.add(new Look(
                Quoted.name(call.name()),
                Untrusted.data(call.arguments(), NOTE),
                shown,
                (System.nanoTime() - begin) / 1_000_000,
                outcome));
    }

    private Found find(ToolExecutionRequest call, Duration timeLeft) {
        Map<String, String> arguments;
        try {
            arguments = arguments(call.arguments());
        } catch (JsonProcessingException e) {
            return Found.nothing("the arguments are no JSON object");
        }
        Optional<PackLook> inPack = Arrays.stream(PackLook.values())
                .filter(look -> look.word().equals(call.name()))
                .findFirst();
        if (inPack.isPresent()) {
            return found(inPack.get().in(exhibits.pack(), arguments.get(PackLook.SERVICE)), "");
        }
        return tools.stream()
                .filter(tool -> tool.name().equals(call.name()))
                .findFirst()
                .map(tool -> ask(tool, arguments, timeLeft))
                .orElseGet(() -> Found.nothing("there is no such tool"));
    }

    private Found ask(LookTool tool, Map<String, String> arguments, Duration timeLeft) {
        try {
            Seen seen = tool.look(arguments, timeLeft);
            List<EvidenceItem> items = seen.lines().stream()
                    .map(line -> exhibits.add(tool.name() + " shows " + Untrusted.data(line, LINE)))
                    .toList();
            return found(
                    items, seen.truncated().isEmpty() ? "" : "Left out: " + Untrusted.data(seen.truncated(), NOTE));
        } catch (LookException e) {
            return Found.nothing("the look failed: " + Quoted.text(e.getMessage(), NOTE));
        } catch (RuntimeException e) {
            // A tool speaks to a stranger; what nobody foresaw must not end the investigation.
            return Found.nothing("the look failed: " + e.getClass().getSimpleName());
        }
    }

    private static Found found(List<EvidenceItem> items, String note) {
        return items.isEmpty() ? Found.nothing("nothing found") : new Found(items, note, "ok");
    }

    private static Map<String, String> arguments(String json) throws JsonProcessingException {
        Map<String, String> arguments = new HashMap<>();
        if (json != null && !json.isBlank()) {
            JsonNode node = JSON.readTree(json);
            node.fields().forEachRemaining(field -> arguments.put(field.getKey(), text(field.getValue())));
        }
        return arguments;
    }

    private static String text(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() > ARGUMENT ? text.substring(0, ARGUMENT) : text;
    }
}
