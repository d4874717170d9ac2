package io.nightshift.remediate.mutation;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * One guard, muted: it looks at everything as before, and what it would have objected is not said.
 *
 * @param guard its id or what it says, for the table
 * @param type class that it stands in, below {@code io.nightshift.remediate}
 * @param muting what is muted there
 * @param tests tests, as {@code package.Class#method} or {@code package.Class}, of which one at least must fail without it
 */
record Mutation(String guard, String type, Muting muting, List<String> tests) {

    static final String ROOT = "io.nightshift.remediate.";

    /** What a guard says, silenced. */
    interface Muting {

        /**
         * @param original the class
         * @param method name of the method
         * @param to takes the method as it is to be
         * @param found to be told when something was muted
         */
        MethodVisitor in(ClassReader original, String method, MethodVisitor to, Runnable found);
    }

    String className() {
        return ROOT + type;
    }

    /**
     * The class with the objection muted.
     *
     * @throws IllegalStateException when the class holds nothing of the kind: the guard was renamed or is gone
     */
    byte[] mute(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        boolean[] found = new boolean[1];
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] thrown) {
                        return muting.in(
                                reader,
                                name,
                                super.visitMethod(access, name, type, generic, thrown),
                                () -> found[0] = true);
                    }
                },
                0);
        if (!found[0]) {
            throw new IllegalStateException(className() + " holds no " + muting);
        }
        return writer.toByteArray();
    }
}
