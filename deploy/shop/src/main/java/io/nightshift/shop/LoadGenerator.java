package io.nightshift.shop;

import io.nightshift.shop.load.Load;
import java.nio.file.Path;

/** The main class of the shop's users: {@code --home FOLDER}. */
public final class LoadGenerator {

    private LoadGenerator() {}

    public static void main(String[] args) throws Exception {
        ParentWatch.start();
        Load.run(new Home(Path.of(Arguments.parse(args).required("home"))));
    }
}
