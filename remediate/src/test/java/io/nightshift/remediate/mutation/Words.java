package io.nightshift.remediate.mutation;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * An objection, found by its own words: after them, the next call that would make an objection of them makes nothing, and a
 * refusal is not thrown. Where the words stand in a lambda, what would have called it goes on without it.
 *
 * @param text part of the words; empty for every objection of the class
 */
record Words(String text) implements Mutation.Muting {

    private static final String OPTIONAL = "java/util/Optional";

    @Override
    public MethodVisitor in(ClassReader original, String method, MethodVisitor to, Runnable found) {
        return new Silence(to, text.isEmpty() ? Set.of() : lambdas(original), found);
    }

    /** Lambdas of the class that hold the words. */
    private Set<String> lambdas(ClassReader original) {
        Set<String> lambdas = new HashSet<>();
        original.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String type, String generic, String[] thrown) {
                        return !name.startsWith("lambda$")
                                ? null
                                : new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitLdcInsn(Object value) {
                                        if (isIn(value)) {
                                            lambdas.add(name);
                                        }
                                    }

                                    @Override
                                    public void visitInvokeDynamicInsn(
                                            String dynamic, String type, Handle bootstrap, Object... arguments) {
                                        for (Object argument : arguments) {
                                            visitLdcInsn(argument);
                                        }
                                    }
                                };
                    }
                },
                0);
        return lambdas;
    }

    private boolean isIn(Object constant) {
        return constant instanceof String words && words.contains(text);
    }

    private final class Silence extends MethodVisitor {

        private final Set<String> lambdas;
        private final Runnable found;
        private boolean armed = text.isEmpty();
        private boolean lambdaArmed;

        private Silence(MethodVisitor to, Set<String> lambdas, Runnable found) {
            super(Opcodes.ASM9, to);
            this.lambdas = lambdas;
            this.found = found;
        }

        @Override
        public void visitLdcInsn(Object value) {
            armed |= isIn(value);
            super.visitLdcInsn(value);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments) {
                armed |= isIn(argument);
                lambdaArmed |= argument instanceof Handle handle && lambdas.contains(handle.getName());
            }
            super.visitInvokeDynamicInsn(name, type, bootstrap, arguments);
        }

        /** A refusal that is thrown: the exception is made, and what follows goes on as if nothing had been wrong. */
        @Override
        public void visitInsn(int code) {
            if (code == Opcodes.ATHROW && armed && !text.isEmpty()) {
                super.visitInsn(Opcodes.POP);
                silenced();
                return;
            }
            super.visitInsn(code);
        }

        private void silenced() {
            found.run();
            armed = text.isEmpty();
            lambdaArmed = false;
        }

        @Override
        public void visitMethodInsn(int code, String owner, String name, String type, boolean isInterface) {
            if (lambdaArmed && owner.equals(OPTIONAL)) {
                withoutLambda(code, name, type);
            } else if (armed && !text.isEmpty() && owner.endsWith("/Look") && name.equals("stop")) {
                super.visitInsn(Opcodes.POP);
                super.visitFieldInsn(Opcodes.GETSTATIC, owner, "FREE", "L" + owner + ";");
                silenced();
            } else if (armed && objects(code, owner, name, type)) {
                Type[] arguments = Type.getArgumentTypes(type);
                for (int i = arguments.length - 1; i >= 0; i--) {
                    super.visitInsn(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
                }
                empty();
                silenced();
            } else {
                super.visitMethodInsn(code, owner, name, type, isInterface);
            }
        }

        private static boolean objects(int code, String owner, String name, String type) {
            return code == Opcodes.INVOKESTATIC
                    && Type.getReturnType(type).getInternalName().equals(OPTIONAL)
                    && (owner.endsWith("/Objection") && !name.equals("none")
                            || owner.equals(OPTIONAL) && name.startsWith("of"));
        }

        /** What the lambda would have thrown is missing instead; what it would have said is not said. */
        private void withoutLambda(int code, String name, String type) {
            super.visitInsn(Opcodes.POP);
            if (name.equals("orElseThrow")) {
                super.visitInsn(Opcodes.ACONST_NULL);
                String orElse = "(Ljava/lang/Object;)Ljava/lang/Object;";
                super.visitMethodInsn(code, OPTIONAL, "orElse", orElse, false);
            } else {
                super.visitInsn(Opcodes.POP);
                empty();
            }
            silenced();
        }

        private void empty() {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, OPTIONAL, "empty", "()L" + OPTIONAL + ";", false);
        }
    }
}
