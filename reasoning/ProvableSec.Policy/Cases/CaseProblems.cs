using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Cases;

/// <summary>Collects what is wrong with a case, a query or a configuration while it is read.</summary>
internal sealed class CaseProblems
{
    private List<PolicyProblem>? problems;

    /// <summary>True when something means that the whole cannot be used.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Everything reported so far, in that order.</summary>
    public ImmutableArray<PolicyProblem> ToImmutable() =>
        problems is null ? ImmutableArray<PolicyProblem>.Empty : problems.ToImmutableArray();

    /// <summary>Adds a problem, unless the same one has been added for the same place.</summary>
    public void Add(PolicyProblem problem)
    {
        problems ??= [];
        foreach (PolicyProblem other in problems)
        {
            // A policy is read on its own, so the JSON reader meets its duplicate keys and comments twice.
            if (other.Code == problem.Code && other.Position == problem.Position && other.File == problem.File && other.Message == problem.Message)
            {
                return;
            }
        }

        HasErrors |= problem.IsError;
        problems.Add(problem);
    }

    /// <summary>Adds a problem at a value.</summary>
    public void Add(JsonItem at, ProblemCode code, string message) => Add(at.Problem(code, message));

    /// <summary>Adds that a value has the wrong JSON type; nothing for what was not JSON in the first place.</summary>
    public void WrongType(JsonItem at, string name, string expected)
    {
        if (at.Kind != JsonKind.Invalid)
        {
            Add(at, ProblemCode.WrongType, $"{name} must be {expected}; this is {at.KindInWords}");
        }
    }

    /// <summary>
    /// Adds that nobody knows a member: an error if it looks like a misspelling of a known one, or else a warning,
    /// for batches may carry more than their reader needs.
    /// </summary>
    /// <param name="property">The member.</param>
    /// <param name="where">What it is a member of: <c>a case</c>.</param>
    /// <param name="known">The members there are.</param>
    public void Unknown(JsonMember property, string where, IEnumerable<string> known)
    {
        string name = property.Name;
        if (Spelling.Nearest(name, known) is { } meant)
        {
            Add(property.NameElement, ProblemCode.UnknownElement, $"\"{name}\" is not a member of {where}; did you mean \"{meant}\"?");
        }
        else
        {
            Add(property.NameElement, ProblemCode.UnknownMember, $"\"{Shown(name)}\" is not a member of {where} and is not read");
        }
    }

    /// <summary>The text of a string; null, and a problem, for anything else.</summary>
    public string? ExpectString(JsonItem value, string name)
    {
        if (value.Kind == JsonKind.String)
        {
            return value.Text;
        }

        WrongType(value, name, "a string");
        return null;
    }

    /// <summary>Twelve digits; null, and a problem, for anything else.</summary>
    public string? ExpectAccount(JsonItem value, string name)
    {
        if (ExpectString(value, name) is not { } text)
        {
            return null;
        }

        if (CallerPrincipal.IsTwelveDigits(text))
        {
            return text;
        }

        Add(value, ProblemCode.InvalidValue, $"{name} must be the twelve digits of an account, not \"{Shown(text)}\"");
        return null;
    }

    internal static string Shown(string text) => text.Length <= 80 ? text : text.Substring(0, 77) + "...";
}
