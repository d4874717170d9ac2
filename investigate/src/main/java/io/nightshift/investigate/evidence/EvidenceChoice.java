package io.nightshift.investigate.evidence;

import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses evidence under a budget of tokens. What claims cite comes first, whatever it costs, or a claim would rest on nothing
 * that is shown. Of the rest the item with the most value for its tokens is taken again and again, where each further item of
 * one kind about one service is worth a part of the one before: the greedy rule for budgeted summaries with diminishing returns
 * (Lin and Bilmes, HLT 2010, section 4).
 */
final class EvidenceChoice {

    private static final double CHARACTERS_PER_TOKEN = 3;
    private static final int ITEM_TOKENS = 8;

    /** Shorter items cost no less, or tiny ones would crowd out telling ones. */
    private static final int LEAST_COST = 25;

    private static final double FURTHER = 0.7;

    private record Group(String service, EvidenceKind kind) {}

    private EvidenceChoice() {}

    static List<EvidenceItem> of(List<EvidenceItem> items, EvidenceValue value, int tokens) {
        List<EvidenceItem> cited = new ArrayList<>();
        List<EvidenceItem> open = new ArrayList<>();
        items.forEach(item -> (value.isCited(item) ? cited : open).add(item));

        Map<Group, Integer> taken = new HashMap<>();
        List<EvidenceItem> chosen = new ArrayList<>();
        int left = fill(chosen, cited, value, taken, Integer.MAX_VALUE);
        fill(chosen, open, value, taken, tokens - (Integer.MAX_VALUE - left));
        return chosen;
    }

    /** @return tokens left */
    private static int fill(
            List<EvidenceItem> chosen,
            List<EvidenceItem> open,
            EvidenceValue value,
            Map<Group, Integer> taken,
            int tokens) {
        double[] values = open.stream().mapToDouble(value::of).toArray();
        boolean[] gone = new boolean[values.length];
        int left = tokens;
        for (int best = 0; best >= 0; ) {
            best = -1;
            double most = 0;
            for (int i = 0; i < values.length; i++) {
                if (!gone[i] && tokens(open.get(i)) <= left) {
                    double worth = values[i]
                            * Math.pow(FURTHER, taken.getOrDefault(group(open.get(i)), 0))
                            / Math.max(LEAST_COST, tokens(open.get(i)));
                    int order = Double.compare(worth, most);
                    if (order > 0 || order == 0 && best >= 0 && comesBefore(open.get(i), open.get(best))) {
                        most = worth;
                        best = i;
                    }
                }
            }
            if (best >= 0) {
                gone[best] = true;
                left -= tokens(open.get(best));
                taken.merge(group(open.get(best)), 1, Integer::sum);
                chosen.add(open.get(best));
            }
        }
        return left;
    }

    /** Between equals something must decide that does not hang on the order in which they were found. */
    private static boolean comesBefore(EvidenceItem one, EvidenceItem other) {
        int byText = one.getText().compareTo(other.getText());
        return byText < 0 || byText == 0 && one.getId().compareTo(other.getId()) < 0;
    }

    /** About so many tokens when shown. */
    static int tokens(EvidenceItem item) {
        return ITEM_TOKENS + (int) Math.ceil(item.getText().length() / CHARACTERS_PER_TOKEN);
    }

    private static Group group(EvidenceItem item) {
        return new Group(
                item.getSubject() == null
                        ? ""
                        : ServiceKey.of(item.getSubject()).toString(),
                item.getKind());
    }
}
