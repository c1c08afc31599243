using ProvableSec.Policy.Json;
using ProvableSec.Policy.Text;

namespace ProvableSec.Policy.Accounts;

/// <summary>A name that stands for something elsewhere in the dump, and its place. It does not keep its page alive, for an organization has many.</summary>
internal readonly struct DumpReference
{
    private readonly TextRange span;
    private readonly LinePosition position;
    private readonly string file;

    public DumpReference(JsonItem element)
    {
        Text = element.Text;
        span = element.Span;
        position = element.Position;
        file = element.Document.Source.Name;
    }

    /// <summary>The name.</summary>
    public string Text { get; }

    /// <summary>A problem at this place.</summary>
    public PolicyProblem Problem(ProblemCode code, string message) => new(code, message, span, "", position, file);
}
