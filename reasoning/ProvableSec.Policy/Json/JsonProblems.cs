using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Json;

/// <summary>What is wrong with a text as JSON, and how messages show the text.</summary>
internal sealed class JsonProblems(DocumentText source)
{
    private const int LongestWord = 12;

    private readonly string text = source.Text;
    private List<PolicyProblem>? found;

    /// <summary>True when it has been said that the text ends too early.</summary>
    private bool endReported;

    /// <summary>The problems in the order in which they were noticed; null when there are none.</summary>
    public List<PolicyProblem>? Found => found;

    /// <summary>Says, at its beginning, that a string reaches to the end of the text, so that the end itself is no news.</summary>
    public void ReportUnclosed(int start, int end)
    {
        Invalid(start, end, "the string is never closed; expected '\"'");
        endReported = true;
    }

    /// <summary>The character at a place, for a message.</summary>
    public string Shown(int offset) => offset >= text.Length ? "the end of the text" : Excerpt.OfCharacter(text[offset]);

    /// <summary>A word that is not a string, in quotes. A longer one than people write by mistake can be anything, such as a key: the text need not be a
    /// policy.</summary>
    public string Word(int start, int end) => end - start <= LongestWord ? $"'{Quoted(start, end)}'" : "this";

    /// <summary>An excerpt, for a message.</summary>
    public string Quoted(int start, int end) => Excerpt.Of(text, start, end - start, 40);

    /// <summary>Says that a place is not JSON.</summary>
    public void Invalid(int start, int end, string message) => Report(ProblemCode.InvalidJson, start, end, message);

    /// <summary>Adds a problem; one place has one message about what is not JSON.</summary>
    public void Report(ProblemCode code, int start, int end, string message)
    {
        found ??= [];
        if (found.Count > JsonTreeReader.MaxProblems)
        {
            return;
        }

        if (code == ProblemCode.InvalidJson)
        {
            // One message a place: what follows from the first helps nobody.
            if ((start == text.Length && endReported)
                || (found.Count > 0 && found[found.Count - 1] is { Code: ProblemCode.InvalidJson } last && last.Span.Start == start))
            {
                return;
            }

            endReported |= start == text.Length;
        }

        if (found.Count == JsonTreeReader.MaxProblems)
        {
            message = JsonTreeReader.TooManyProblems;
        }

        found.Add(new PolicyProblem(code, message, TextRange.FromBounds(start, end), "", source.PositionOf(start), source.Name));
    }
}
