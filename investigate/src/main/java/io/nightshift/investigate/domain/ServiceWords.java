package io.nightshift.investigate.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the services that a question names: by their whole id, by their name, by their name without a general ending such
 * as "service", and last by a part of their name. The first of these ways that finds anything decides. Deterministic.
 *
 * @param services what was found, sorted
 * @param trouble why nothing can be looked at, in words; empty when something can
 */
public record ServiceWords(List<String> services, String trouble) {

    private static final int MOST = 5;
    private static final int LISTED = 40;
    private static final int SHORTEST_PART = 3;
    private static final List<String> GENERAL_ENDINGS = List.of("service", "svc", "server", "api", "app");

    /** Words of questions that are parts of many names. */
    private static final Set<String> NO_NAMES = Set.of(
            "the", "why", "what", "slow", "fail", "fails", "error", "errors", "and", "are", "was", "with", "service");

    public ServiceWords {
        services = List.copyOf(services);
    }

    /**
     * @param named services that were named apart from the question, by id or name; empty for none
     * @param environment where they are; empty for anywhere
     * @param known every service that is known, as environment/namespace/service
     */
    public static ServiceWords resolve(
            String question, List<String> named, String environment, Collection<String> known) {
        Set<String> here = known.stream()
                .filter(id -> environment.isEmpty() || id.startsWith(environment + "/"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (here.isEmpty()) {
            return none("No service is known" + (environment.isEmpty() ? " yet" : " in " + Untrusted.name(environment))
                    + "; nothing can be said.");
        }
        return named.isEmpty() ? ofWords(question, here) : ofNames(named, here);
    }

    private static ServiceWords ofNames(List<String> named, Set<String> known) {
        Set<String> found = new TreeSet<>();
        for (String name : named) {
            List<String> fits = known.stream()
                    .filter(id -> id.equals(name) || nameOf(id).equalsIgnoreCase(name))
                    .toList();
            if (fits.isEmpty()) {
                return none("No service " + Untrusted.name(name) + " is known. " + list(known));
            }
            found.addAll(fits);
        }
        return unambiguous(List.copyOf(found), named.size());
    }

    private static ServiceWords ofWords(String question, Set<String> known) {
        String text = question.toLowerCase(Locale.ROOT);
        List<String> words = Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        String joined = " " + String.join(" ", words) + " ";
        List<List<String>> ways = List.of(
                known.stream()
                        .filter(id -> text.contains(id.toLowerCase(Locale.ROOT)))
                        .toList(),
                known.stream().filter(id -> says(joined, parts(nameOf(id)))).toList(),
                known.stream()
                        .filter(id -> says(joined, withoutEnding(nameOf(id))))
                        .toList(),
                known.stream()
                        .filter(id -> mentionsPart(words, parts(nameOf(id))))
                        .toList());
        return ways.stream()
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(found -> unambiguous(found, MOST))
                .orElseGet(() -> none("The question names no service that is known. " + list(known)));
    }

    /** What was found must be in one environment, and not half of the fleet. */
    private static ServiceWords unambiguous(List<String> found, int most) {
        Set<String> environments =
                found.stream().map(ServiceWords::environmentOf).collect(Collectors.toCollection(TreeSet::new));
        if (environments.size() > 1) {
            return none("What the question names is in several environments ("
                    + environments.stream().map(Untrusted::name).collect(Collectors.joining(", "))
                    + "); name one of them.");
        }
        if (found.size() > Math.max(most, MOST)) {
            return none("The question may mean any of " + found.size() + " services; name one of them. "
                    + list(new TreeSet<>(found)));
        }
        return new ServiceWords(found, "");
    }

    /** The first part of environment/namespace/service. */
    public static String environmentOf(String id) {
        return id.substring(0, Math.max(0, id.indexOf('/')));
    }

    private static String nameOf(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** "cartService" and "cart-service" as cart, service. */
    private static List<String> parts(String name) {
        return Arrays.stream(name.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
                        .toLowerCase(Locale.ROOT)
                        .split("[^\\p{L}\\p{N}]+"))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Whether the words stand in the question one after another, also when the question writes them as one. */
    private static boolean says(String joined, List<String> parts) {
        return !parts.isEmpty()
                && (joined.contains(" " + String.join(" ", parts) + " ")
                        || joined.contains(" " + String.join("", parts) + " "));
    }

    private static List<String> withoutEnding(String name) {
        List<String> parts = new ArrayList<>(parts(name));
        String last = parts.isEmpty() ? "" : parts.remove(parts.size() - 1);
        if (!GENERAL_ENDINGS.contains(last)) {
            GENERAL_ENDINGS.stream()
                    .filter(ending -> last.endsWith(ending) && last.length() > ending.length())
                    .findFirst()
                    .ifPresent(ending -> parts.add(last.substring(0, last.length() - ending.length())));
        }
        return parts;
    }

    private static boolean mentionsPart(List<String> words, List<String> parts) {
        return parts.stream()
                .filter(part -> part.length() >= SHORTEST_PART && !NO_NAMES.contains(part))
                .filter(part -> !GENERAL_ENDINGS.contains(part))
                .anyMatch(part -> words.contains(part) || words.contains(part + "s"));
    }

    private static String list(Set<String> services) {
        String names = services.stream().limit(LISTED).map(Untrusted::name).collect(Collectors.joining(", "));
        return "Known " + (services.size() == 1 ? "is " : "are ") + names
                + (services.size() > LISTED ? " and " + (services.size() - LISTED) + " more" : "") + ".";
    }

    private static ServiceWords none(String trouble) {
        return new ServiceWords(List.of(), trouble);
    }
}
