package io.nightshift.remediate.mutation;

import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * One guard, muted: it looks at everything as before, and what it would have objected is not said.
 *
 * @param guard its id or what it says, for the table
 * @param type class that it stands in, below {@code io.nightshift.remediate}
 * @param words part of the objection's own words, by which it is found in the class; empty for every objection of the class
 * @param tests tests, as {@code package.Class#method} or {@code package.Class}, of which one at least must fail without it
 */
record Mutation(String guard, String type, String words, List<String> tests) {

    static final String ROOT = "io.nightshift.remediate.";
    private static final String OPTIONAL = "java/util/Optional";

    String className() {
        return ROOT + type;
    }

    /**
     * The class with the objection muted.
     *
     * @throws IllegalStateException when the class holds no such words: the guard was renamed or is gone
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
                        return new Muting(super.visitMethod(access, name, type, generic, thrown), found);
                    }
                },
                0);
        if (!found[0]) {
            throw new IllegalStateException(className() + " says nothing like '" + words + "'");
        }
        return writer.toByteArray();
    }

    /** After the words, the next call that would make an objection of them makes nothing. */
    private final class Muting extends MethodVisitor {

        private final boolean[] found;
        private boolean armed = words.isEmpty();

        private Muting(MethodVisitor to, boolean[] found) {
            super(Opcodes.ASM9, to);
            this.found = found;
        }

        @Override
        public void visitLdcInsn(Object value) {
            arm(value);
            super.visitLdcInsn(value);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                arm(argument);
            }
            super.visitInvokeDynamicInsn(name, type, bootstrap, arguments);
        }

        /** A refusal that is thrown: the exception is made, and what follows goes on as if nothing had been wrong. */
        @Override
        public void visitInsn(int code) {
            if (code == Opcodes.ATHROW && armed && !words.isEmpty()) {
                found[0] = true;
                armed = false;
                super.visitInsn(Opcodes.POP);
                return;
            }
            super.visitInsn(code);
        }

        private void arm(Object constant) {
            armed |= constant instanceof String text && text.contains(words);
        }

        @Override
        public void visitMethodInsn(int code, String owner, String name, String type, boolean isInterface) {
            if (armed && !words.isEmpty() && owner.endsWith("/Look") && name.equals("stop")) {
                super.visitInsn(Opcodes.POP);
                super.visitFieldInsn(Opcodes.GETSTATIC, owner, "FREE", "L" + owner + ";");
                found[0] = true;
                armed = false;
                return;
            }
            boolean objects = code == Opcodes.INVOKESTATIC
                    && Type.getReturnType(type).getInternalName().equals(OPTIONAL)
                    && (owner.endsWith("/Objection") && !name.equals("none")
                            || owner.equals(OPTIONAL) && name.startsWith("of"));
            if (!armed || !objects) {
                super.visitMethodInsn(code, owner, name, type, isInterface);
                return;
            }
            Type[] arguments = Type.getArgumentTypes(type);
            for (int i = arguments.length - 1; i >= 0; i--) {
                super.visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
            }
            super.visitMethodInsn(Opcodes.INVOKESTATIC, OPTIONAL, "empty", "()L" + OPTIONAL + ";", false);
            found[0] = true;
            armed = words.isEmpty();
        }
    }
}
