package io.nightshift.remediate.domain.playbook;

import io.nightshift.events.CauseClass;
import io.nightshift.remediate.domain.catalogue.Argument;
import io.nightshift.remediate.domain.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declared course of several actions against a kind of cause.
 *
 * @param version for people
 * @param against causes that it is meant for; never empty
 * @param level highest autonomy level, 1 to 5, at which it is treated: 3 asks people wherever it is used
 * @param parameters what it is told when it is proposed
 * @param steps in the order in which they are done
 * @param sha256 of the file's bytes, hex
 * @param origin {@link #SHIPPED}, or the folder that it was found in
 * @param where file, for messages
 */
public record Playbook(
        String name,
        String version,
        String description,
        Set<CauseClass> against,
        int level,
        List<Parameter> parameters,
        List<PlaybookStep> steps,
        String sha256,
        String origin,
        String where) {

    public static final String SHIPPED = "shipped";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

    public Playbook {
        against = Set.copyOf(against);
        parameters = List.copyOf(parameters);
        steps = List.copyOf(steps);
    }

    /** What a plan names it by: {@code name@sha256}. */
    public String id() {
        return name + "@" + sha256;
    }

    /** The parameter that a step's argument stands for; empty for a value. */
    public static Optional<String> parameterOf(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.matches() ? Optional.of(placeholder.group(1)) : Optional.empty();
    }

    /**
     * What speaks against running it with these. Arguments of the catalogue that it does not take are passed over: whoever
     * proposes a playbook tells what there is to tell about the cause, and need not know its steps.
     */
    public Optional<String> against(Map<String, String> told) {
        for (Map.Entry<String, String> one : told.entrySet()) {
            boolean taken =
                    parameters.stream().anyMatch(parameter -> parameter.name().equals(one.getKey()));
            if (!taken && !Catalogue.isArgument(one.getKey())) {
                return Optional.of("the playbook " + name + " takes no argument of that name; it takes "
                        + parameters.stream().map(Parameter::name).toList());
            }
            if (!Argument.isWord(one.getValue())) {
                return Optional.of("an argument of the playbook " + name + " is no plain word");
            }
        }
        return parameters.stream()
                .filter(parameter -> parameter.required() && !told.containsKey(parameter.name()))
                .findFirst()
                .map(parameter -> "the playbook " + name + " needs the argument " + parameter.name());
    }

    /** A step's arguments with what was told in place of the parameters; one that was not told is left out. */
    public Map<String, String> fill(Map<String, String> arguments, Map<String, String> told) {
        Map<String, String> filled = new TreeMap<>();
        arguments.forEach((name, text) -> {
            Optional<String> parameter = parameterOf(text);
            if (parameter.isEmpty()) {
                filled.put(name, text);
            } else {
                value(parameter.get(), told).ifPresent(value -> filled.put(name, value));
            }
        });
        return filled;
    }

    private Optional<String> value(String parameter, Map<String, String> told) {
        return Optional.ofNullable(told.get(parameter)).or(() -> parameters.stream()
                .filter(declared -> declared.name().equals(parameter))
                .findFirst()
                .flatMap(Parameter::fallback));
    }
}
