using System.Text;
using ProvableSec.Policy.Json;

namespace ProvableSec.Rules.Policies;

/// <summary>
/// The text of a policy with something in the place of each unknown text (<see cref="UnknownText"/>), for the reading of a policy that allows least. An
/// unknown partition, region or account of a resource is one that AWS has and that the policy does not name elsewhere; a Deny gets the widest resource.
/// </summary>
internal sealed class FilledText
{
    // A text that no policy has; it stands for whatever one value the template gives. Messages show it.
    private const string Placeholder = "known-only-at-deployment";

    private static readonly string[] SomeRegions = ["us-east-1", "eu-central-1", "ap-southeast-2", "ca-central-1", "sa-east-1"];

    private static readonly string[] SomeAccounts = ["111122223333", "444455556666", "777788889999", "123456789012", "999999999999"];

    private readonly HashSet<int> open = [];

    private readonly UnknownResource reading;

    /// <summary>Fills a policy that has unknown texts.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="reading">What a resource of an Allow that is not known becomes.</param>
    public FilledText(CheckedPolicy policy, UnknownResource reading)
    {
        this.reading = reading;
        string text = policy.Root.Document.Source.Text;
        string region = SomeRegions.FirstOrDefault(some => text.IndexOf(some, StringComparison.Ordinal) < 0) ?? Placeholder;
        string account = SomeAccounts.FirstOrDefault(some => text.IndexOf(some, StringComparison.Ordinal) < 0) ?? Placeholder;
        var resources = new Dictionary<int, (CheckedStatement Statement, CheckedText Item)>();
        foreach (CheckedStatement statement in policy.Statements)
        {
            foreach (CheckedText item in statement.Resource?.Items.Where(item => !item.IsKnown) ?? [])
            {
                resources[item.Element.Span.Start] = (statement, item);
            }
        }

        var filled = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (resources.TryGetValue(i, out var resource))
            {
                JsonEscapes.AppendQuoted(filled, Resource(resource.Statement, resource.Item.Text, region, account));
                i = resource.Item.Element.Span.End - 1;
            }
            else if (UnknownText.IsMark(text[i]))
            {
                // Wherever a partition stands, it is one that AWS has, and no request has another.
                int field = FieldAt(text, i);
                CheckedStatement? around = policy.Statements.FirstOrDefault(statement => statement.Element.Span.Start <= i && i < statement.Element.Span.End);
                // A Sid is a name: whatever it is, the statement allows the same.
                if (field != 1 && around is not null && !(around.Sid is { } sid && sid.Value.Span.Start <= i && i < sid.Value.Span.End))
                {
                    open.Add(around.Index);
                }

                // A condition on an ARN of some account lets in nobody of another; where some are trusted, one's own is among them.
                bool isInCondition = around?.ConditionElement is { } condition && condition.Value.Span.Start <= i && i < condition.Value.Span.End;
                filled.Append(field == 1 ? "aws" : isInCondition && field == 3 ? region : isInCondition && field == 4
                    ? policy.Context.Zone.Accounts.FirstOrDefault() ?? account : Placeholder);
            }
            else
            {
                filled.Append(text[i]);
            }
        }

        Text = filled.ToString();
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>True when something of the statement is not known that cannot be filled without a guess.</summary>
    public bool IsOpen(CheckedStatement statement) => open.Contains(statement.Index);

    private string Resource(CheckedStatement statement, string text, string region, string account)
    {
        if (statement is { IsDeny: true, Resource.IsNot: false })
        {
            return UnknownText.Filled(text, "*");
        }

        string[] fields = text.Split([':'], 6);
        if (fields.Length == 6)
        {
            fields[1] = Fill(fields[1], "aws");
            fields[3] = Fill(fields[3], region);
            fields[4] = Fill(fields[4], account);
            text = string.Join(":", fields);
        }
        else if (reading != UnknownResource.One && statement.Resource is { IsNot: false } && text[0] == UnknownText.Mark)
        {
            return "*";
        }

        if (reading == UnknownResource.Widest && statement.Resource is { IsNot: false })
        {
            text = text.Replace(UnknownText.Mark, '*');
        }

        if (!UnknownText.IsIn(text))
        {
            return text;
        }

        open.Add(statement.Index);
        return UnknownText.Filled(text, Placeholder);
    }

    /// <summary>Which field of an ARN the mark is the whole of, counted from 0 before the first colon; -1 where it is not.</summary>
    private static int FieldAt(string text, int mark)
    {
        int start = text.LastIndexOf('"', mark) + 1;
        return string.CompareOrdinal(text, start, "arn:", 0, 4) == 0 && text[mark - 1] == ':' && mark + 1 < text.Length && text[mark + 1] == ':'
            ? text.Substring(start, mark - start).Count(c => c == ':')
            : -1;
    }

    private static string Fill(string field, string by) => field.Length == 1 && field[0] == UnknownText.Mark ? by : field;
}
