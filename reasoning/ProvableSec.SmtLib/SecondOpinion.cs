using ProvableSec.Reasoning.Questions;

namespace ProvableSec.SmtLib;

/// <summary>How a solver's word relates to an answer.</summary>
public enum Opinion
{
    /// <summary>It did not answer, or the question has no export.</summary>
    NoAnswer,

    /// <summary>It says the same.</summary>
    Agrees,

    /// <summary>It says the opposite: a bug in the prover, the export or the solver.</summary>
    Disagrees,
}

/// <summary>Asks solvers whether they agree with an answer.</summary>
public static class SecondOpinion
{
    /// <summary>The words of the answer format.</summary>
    public static string NameOf(Opinion opinion) => opinion switch
    {
        Opinion.Agrees => "agrees",
        Opinion.Disagrees => "disagrees",
        _ => "no-answer",
    };

    /// <summary>Asks one solver.</summary>
    /// <param name="query">The question.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="solver">The solver.</param>
    /// <param name="limit">How long it may take.</param>
    public static Opinion Ask(Query query, Answer answer, SmtSolver solver, TimeSpan limit) =>
        SmtLibExport.Write(query, answer, out _) is { } smtLib ? Compare(answer, solver.Ask(smtLib, limit)) : Opinion.NoAnswer;

    /// <summary>Compares a solver's word with an answer.</summary>
    public static Opinion Compare(Answer answer, SolverAnswer said) => said switch
    {
        SolverAnswer.None => Opinion.NoAnswer,
        SolverAnswer.Satisfiable => answer.Witness is not null ? Opinion.Agrees : Opinion.Disagrees,
        _ => answer.Witness is null ? Opinion.Agrees : Opinion.Disagrees,
    };
}
