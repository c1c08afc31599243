using System.Collections.Immutable;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Access;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Ask;

/// <summary>The answer for a person.</summary>
internal sealed class TextAccessReport : IReport<AskResult>
{
    private const int MostShown = 8;

    public void Write(AskResult result, CommandConsole console)
    {
        (string asked, AccessAnswer answer, IReadOnlyList<string> warnings) = result;
        TextWriter text = console.OutputText;
        text.WriteLine(Printable.Clean(asked));
        foreach (AccessLine line in answer.Lines)
        {
            text.WriteLine();
            text.WriteLine(Listed(line.Principals, ", "));
            Field(text, "may", Listed(line.Grant.Action.Patterns.Select(p => p.Text), ", "));
            Field(text, "on", Listed(line.Grant.Resource!.Patterns.Select(p => p.Text), ", ") + (line.ResourceAccount is { } account ? $" of {account}" : ""));
            foreach (Condition condition in line.Grant.Conditions)
            {
                Field(text, "when", Of(condition));
            }

            foreach (Statement except in line.Except)
            {
                Field(text, "except", Of(except));
            }

            if (line.Undecided is { } reason)
            {
                Field(text, "unknown", reason);
            }
        }

        foreach (UndecidedAccess undecided in answer.Undecided)
        {
            text.WriteLine();
            text.WriteLine(Listed(undecided.Principals, ", "));
            Field(text, "unknown", undecided.Reason);
        }

        text.WriteLine();
        foreach (string warning in warnings)
        {
            text.WriteLine("warning: " + Printable.Clean(warning));
        }

        bool proved = answer.Undecided.IsEmpty && answer.Lines.All(l => l.Undecided is null);
        text.WriteLine($"{Counted(answer.Lines.Length, "line")} for {Counted(answer.Asked, "principal")} with {Counted(answer.Stacks, "set")} of policies"
            + (proved ? $"; each line and that there is no more is proved{(warnings.Count > 0 ? " of what has been read" : "")}" : "; what is unknown is not proved")
            + (answer.Assumptions.IsEmpty ? "" : $" (given: {string.Join(", ", answer.Assumptions)})"));
        foreach (string note in AskNotes.All)
        {
            text.WriteLine("note: " + note);
        }
    }

    private static void Field(TextWriter text, string name, string value) => text.WriteLine($"  {name,-8} {Printable.Clean(value)}");

    private static string Of(Statement except)
    {
        bool all = except is { Action: { IsNot: false, Patterns: [{ Text: "*" }] }, Resource: null or { IsNot: false, Patterns: [{ Text: "*" }] } };
        string what = all && !except.Conditions.IsEmpty ? ""
            : $"{(except.Action.IsNot ? "all but " : "")}{Listed(except.Action.Patterns.Select(p => p.Text), ", ")} on {(except.Resource is { IsNot: true } ? "all but " : "")}{Listed(except.Resource?.Patterns.Select(p => p.Text) ?? ["*"], ", ")}";
        string when = string.Join(" and ", except.Conditions.Select(Of));
        return $"{what}{(what.Length > 0 && when.Length > 0 ? " " : "")}{(when.Length > 0 ? "when " + when : "")}{(except.Sid is { } sid ? $" \"{sid}\"" : "")}";
    }

    private static string Of(Condition condition) => $"{condition.Operator.Name} {condition.Key} {Listed(condition.Values.Select(v => $"\"{v.Text}\""), ", ")}";

    private static string Listed(IEnumerable<string> texts, string separator)
    {
        ImmutableArray<string> all = [.. texts];
        return Printable.Clean(string.Join(separator, all.Take(MostShown))) + (all.Length > MostShown ? $"{separator}and {all.Length - MostShown} more" : "");
    }

    private static string Counted(int count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";
}
