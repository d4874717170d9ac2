package io.nightshift.remediate.policy;

import com.google.common.base.Splitter;
import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the text of rules names, and of actions, causes, services and other words one more that it does not: enough to ask about
 * every case that the rules tell apart by names.
 *
 * @param services ids as environment/namespace/service
 * @param words class of service or playbook
 */
record PolicyNames(Set<String> services, Set<ActionKind> actions, Set<CauseClass> causes, Set<String> words) {

    /** A service that no policy names; the environment is any. */
    static final String ANY = "any/any/any";

    private static final Pattern COMMENT = Pattern.compile("(?m)//.*$");
    private static final Pattern ANNOTATION = Pattern.compile("@\\w+\\s*\\(\\s*\"[^\"]*\"\\s*\\)");
    private static final Pattern ENTITY = Pattern.compile("(Service|Environment|Action|Stage)::\"([^\"]*)\"");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    static PolicyNames in(List<String> rules) {
        Set<String> services = new LinkedHashSet<>();
        Set<ActionKind> actions = new LinkedHashSet<>();
        Set<CauseClass> causes = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>(List.of(""));
        for (String rule : rules) {
            String plain =
                    ANNOTATION.matcher(COMMENT.matcher(rule).replaceAll("")).replaceAll("");
            Matcher entity = ENTITY.matcher(plain);
            while (entity.find()) {
                switch (entity.group(1)) {
                    case "Service" -> services.add(entity.group(2));
                    case "Environment" -> services.add(entity.group(2) + "/any/any");
                    default -> {
                        continue;
                    }
                }
            }
            Matcher text = TEXT.matcher(ENTITY.matcher(plain).replaceAll(""));
            while (text.find()) {
                sort(text.group(1), actions, causes, words);
            }
        }
        services.add(ANY);
        addOther(actions, ActionKind.values(), ActionKind.RESTART);
        addOther(causes, CauseClass.values(), CauseClass.MEMORY_LEAK);
        return new PolicyNames(services, actions, causes, words);
    }

    private static void sort(String word, Set<ActionKind> actions, Set<CauseClass> causes, Set<String> words) {
        for (ActionKind kind : ActionKind.values()) {
            if (kind.name().equals(word)) {
                actions.add(kind);
                return;
            }
        }
        for (CauseClass cause : CauseClass.values()) {
            if (cause.name().equals(word)) {
                causes.add(cause);
                return;
            }
        }
        boolean isOfAnotherKind = word.matches("[A-Z_]+"); // a reversibility, an engine or a kind of evidence
        if (!isOfAnotherKind) {
            words.add(word);
        }
    }

    private static <T extends Enum<T>> void addOther(Set<T> named, T[] all, T usual) {
        if (named.add(usual)) {
            return;
        }
        for (T other : all) {
            if (other.ordinal() > 0 && named.add(other)) {
                return;
            }
        }
    }

    static String environment(String service) {
        return Splitter.on('/').splitToList(service).get(0);
    }
}
