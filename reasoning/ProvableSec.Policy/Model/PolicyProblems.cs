using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Model;

/// <summary>What is wrong with a policy, and how its elements are asked for their values so that what is wrong with those is said.</summary>
internal sealed class PolicyProblems
{
    private readonly ImmutableArray<PolicyProblem>.Builder found = ImmutableArray.CreateBuilder<PolicyProblem>();

    public PolicyProblems(ImmutableArray<PolicyProblem> jsonProblems) => found.AddRange(jsonProblems);

    /// <summary>Everything in the order of the text: stable, and the line that says that there is more stays last.</summary>
    public ImmutableArray<PolicyProblem> InOrder() =>
        found.Take(JsonTreeReader.MaxProblems).OrderBy(p => p.Span.Start).Concat(found.Skip(JsonTreeReader.MaxProblems)).ToImmutableArray();

    /// <summary>One string or an array of strings; anything else is reported and left out.</summary>
    public List<JsonItem> Items(JsonItem value, string name, string consequence)
    {
        var items = new List<JsonItem>();
        if (value.Kind == JsonKind.Array)
        {
            foreach (JsonItem item in value.Elements())
            {
                if (item.Kind == JsonKind.String)
                {
                    items.Add(item);
                }
                else
                {
                    WrongType(item, name, "a string");
                }
            }

            if (value.Count == 0)
            {
                Report(value, ProblemCode.EmptyList, $"{name} is an empty list{(consequence.Length > 0 ? ", " : "")}{consequence}");
            }
        }
        else if (value.Kind == JsonKind.String)
        {
            items.Add(value);
        }
        else
        {
            WrongType(value, name, "a string or an array of strings");
        }

        return items;
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

    /// <summary>Says that an element and its opposite stand in one statement.</summary>
    public void Conflict(JsonMember property, string? seen, string both)
    {
        // The same name twice has been reported as a double key.
        if (seen is not null && seen != property.Name)
        {
            Report(property.NameElement, ProblemCode.ConflictingElements, $"a statement cannot have both {both}");
        }
    }

    /// <summary>Says that an element is none of the grammar.</summary>
    public void Unknown(JsonMember property, string where, string expected) =>
        Report(property.NameElement, ProblemCode.UnknownElement,
            $"\"{Excerpt.Of(property.Name)}\" is not an element of {where}; expected one of {expected}");

    /// <summary>Says that a value is of another type than its element takes.</summary>
    public void WrongType(JsonItem value, string name, string expected)
    {
        // What is not JSON has been reported where it stands.
        if (value.Kind != JsonKind.Invalid)
        {
            Report(value, ProblemCode.WrongType, $"{name} must be {expected}; this is {value.KindInWords}");
        }
    }

    /// <summary>Says that a variable is never closed, when its place is one.</summary>
    public void Unclosed(JsonItem item, int unclosed)
    {
        if (unclosed >= 0)
        {
            Report(item, ProblemCode.UnclosedVariable, "\"${\" is never closed by \"}\", so it is literal text");
        }
    }

    /// <summary>Adds a problem.</summary>
    public void Report(JsonItem at, ProblemCode code, string message)
    {
        // Bounded, because every pointer is a walk through the document.
        if (found.Count < JsonTreeReader.MaxProblems)
        {
            found.Add(at.Problem(code, message));
        }
        else if (found.Count == JsonTreeReader.MaxProblems)
        {
            found.Add(at.Problem(code, JsonTreeReader.TooManyProblems));
        }
        else if (PolicyProblem.IsErrorCode(code) && !found[found.Count - 1].IsError)
        {
            // Whether the document has errors must not depend on how many warnings come first.
            found[found.Count - 1] = at.Problem(code, JsonTreeReader.TooManyProblems);
        }
    }
}
