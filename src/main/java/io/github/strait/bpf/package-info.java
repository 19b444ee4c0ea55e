/**
 * The kernel's side of a profile. Reads a {@link io.github.strait.profile.Profile}; makes a
 * {@link io.github.strait.bpf.Program}, the classic BPF that the kernel runs on each call; uses the syscall tables and
 * nothing of the evidence. {@link io.github.strait.bpf.FilterCompiler} is where to start;
 * {@link io.github.strait.bpf.Emulator} runs a program, {@link io.github.strait.bpf.Disassembler} prints it,
 * {@link io.github.strait.bpf.ActionCache} says for which calls the kernel does not run it;
 * {@link io.github.strait.bpf.Decompiler} reads programs of any origin as rules again.
 *
 * <p>The language, with {@code A} and {@code X} 32-bit registers, {@code M} sixteen cells, and {@code D} the call:
 *
 * <pre>
 * Program     ::= Instruction{1,4096}               the last one returns
 * Instruction ::= Load offset                       A := D[offset]
 *               | Constant register value           A|X := value
 *               | Length register                   A|X := 64
 *               | Recall register cell              A|X := M[cell]
 *               | Store register cell               M[cell] := A|X
 *               | Transfer register                 A := X, or X := A
 *               | Compute operation operand         A := A operation operand
 *               | Negate                            A := -A
 *               | Jump distance                     skips so many
 *               | Branch test operand t f           skips t when A test operand, else f
 *               | Return value | ReturnAccumulator  the result
 * Operand     ::= value | X
 * </pre>
 */
@NullMarked
package io.github.strait.bpf;

import org.jspecify.annotations.NullMarked;
