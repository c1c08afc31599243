using System.ComponentModel;
using System.Diagnostics;

namespace ProvableSec.SmtLib;

/// <summary>What a solver said.</summary>
public enum SolverAnswer
{
    /// <summary>Nothing that counts: it is not there, ran out of time, crashed, or said <c>unknown</c> or anything besides.</summary>
    None,

    /// <summary>There is a solution.</summary>
    Satisfiable,

    /// <summary>There is none.</summary>
    Unsatisfiable,
}

/// <summary>
/// A solver run as a process, a question at a time. Its word counts only if its whole output is one of the three words and it exits with 0:
/// z3 4.8 prints an error for a symbol that it lacks, and then an answer all the same.
/// </summary>
/// <param name="Name">The program's name on the PATH.</param>
/// <param name="Arguments">Arguments before the limit and the file.</param>
/// <param name="LimitArgument">Makes the argument that limits a run to this many milliseconds.</param>
public sealed record SmtSolver(string Name, IReadOnlyList<string> Arguments, Func<int, string> LimitArgument)
{
    /// <summary>The solvers there are.</summary>
    public static IReadOnlyList<SmtSolver> All { get; } =
    [
        new("cvc5", ["--lang=smt2", "--strings-exp"], ms => $"--tlimit={ms}"),
        new("z3", ["-smt2", "-in"], ms => $"-t:{ms}"),
    ];

    /// <summary>The solver of that name, or null.</summary>
    public static SmtSolver? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>Whether a program of that name is on the PATH.</summary>
    public bool IsInstalled => InstalledProgram.Find(Name) is not null;

    /// <summary>Asks.</summary>
    /// <param name="smtLib">The question, ending in one <c>(check-sat)</c>.</param>
    /// <param name="limit">How long it may take; the process is ended a second later.</param>
    public SolverAnswer Ask(string smtLib, TimeSpan limit)
    {
        if (InstalledProgram.Describe(Name, [.. Arguments, LimitArgument((int)limit.TotalMilliseconds)]) is not { } start)
        {
            return SolverAnswer.None;
        }

        // On Windows libraries are looked for in the current folder too.
        start.WorkingDirectory = Path.GetDirectoryName(start.FileName);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            return SolverAnswer.None;
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            try
            {
                process.StandardInput.Write(smtLib);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It gave up before it had read all; its exit code says so too.
            }

            if (!process.WaitForExit(limit + TimeSpan.FromSeconds(1)))
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return SolverAnswer.None;
            }

            process.WaitForExit();
            return (process.ExitCode, output.Result.Trim(), errors.Result.Trim()) switch
            {
                (0, "sat", "") => SolverAnswer.Satisfiable,
                (0, "unsat", "") => SolverAnswer.Unsatisfiable,
                _ => SolverAnswer.None,
            };
        }
    }
}
