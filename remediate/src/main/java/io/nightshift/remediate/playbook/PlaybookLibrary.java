package io.nightshift.remediate.playbook;

import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.Playbooks;
import io.nightshift.runtime.config.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All playbooks of an installation: the shipped ones, and the operator's, which replace shipped ones of the same name. It is
 * complete or it is not made: one file that is wrong refuses them all.
 *
 * @param replaced names of shipped playbooks that the operator's stand in place of
 */
public record PlaybookLibrary(Playbooks playbooks, List<String> replaced) {

    private static final int MOST = 200;

    public PlaybookLibrary {
        replaced = List.copyOf(replaced);
    }

    /**
     * @param folder the operator's, if there is one
     * @throws ConfigException naming file, line, reason and remedy when a playbook is wrong or stands twice
     */
    public static PlaybookLibrary read(Optional<Path> folder) {
        TreeMap<String, Playbook> byName = new TreeMap<>();
        ShippedPlaybooks.texts().forEach(text -> byName.put(text.name(), PlaybookFile.parse(text)));
        List<String> replaced = new ArrayList<>();
        for (PlaybookText text : folder.map(PlaybookFolder::texts).orElse(List.of())) {
            Playbook own = PlaybookFile.parse(text);
            Playbook before = byName.put(own.name(), own);
            if (before != null && !before.origin().equals(Playbook.SHIPPED)) {
                throw new ConfigException(own.where() + ": the playbook " + own.name() + " stands in " + before.where()
                        + " already; keep one of the two");
            }
            if (before != null) {
                replaced.add(own.name());
            }
            if (byName.size() > MOST) {
                throw new ConfigException(
                        own.where() + ": more than " + MOST + " playbooks; keep those that your services need");
            }
        }
        return new PlaybookLibrary(new Playbooks(byName), replaced);
    }

    /**
     * The playbooks of a file or folder alone, each with what is wrong with it: a file that can't be read does not hide the
     * next.
     *
     * @return by file, what is wrong; an empty text when it is in order
     * @throws ConfigException when there is no such file, or no playbook in the folder
     */
    public static Map<String, String> check(Path place) {
        Map<String, String> found = new TreeMap<>();
        Map<String, String> files = new TreeMap<>();
        for (PlaybookText text : PlaybookFolder.texts(place)) {
            found.put(text.file(), wrong(text, files));
        }
        return found;
    }

    private static String wrong(PlaybookText text, Map<String, String> files) {
        try {
            Playbook playbook = PlaybookFile.parse(text);
            String other = files.put(playbook.name(), text.file());
            return other == null
                    ? ""
                    : text.file() + ": the playbook " + playbook.name() + " stands in " + other
                            + " already; keep one of the two";
        } catch (ConfigException e) {
            return e.getMessage();
        }
    }
}
