package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import java.util.Arrays;
import java.util.List;

/** Reads the names of the contracts' enums; UNKNOWN is for readers of newer records and can't be declared. */
public final class Names {

    private Names() {}

    public static <E extends Enum<E>> E of(Class<E> type, String name, ConfigNode place) {
        List<E> known = Arrays.stream(type.getEnumConstants())
                .filter(constant -> !constant.name().equals("UNKNOWN"))
                .toList();
        return known.stream()
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> place.error("'" + name + "' is unknown; "
                        + Nearest.remedy(name, known.stream().map(Enum::name).toList())));
    }
}
