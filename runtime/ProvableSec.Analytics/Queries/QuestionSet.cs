using System.Reflection;
using System.Text.RegularExpressions;

namespace ProvableSec.Analytics.Queries;

/// <summary>The questions about one kind of records, and the views that they ask, from the files beside this one.</summary>
internal sealed partial class QuestionSet
{
    private const string ViewsFile = "views";

    private QuestionSet(string kind)
    {
        Assembly assembly = typeof(QuestionSet).Assembly;
        string folder = $"queries/{kind}/";
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            string text = reader.ReadToEnd();
            if (name[folder.Length..] == ViewsFile)
            {
                Views = [.. Comment().Replace(text, "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(view => new QueryText(view))];
            }
            else
            {
                questions.Add(Read(name[(folder.Length + "00-".Length)..], text));
            }
        }
    }

    /// <summary>About logs of AWS WAF.</summary>
    public static QuestionSet Waf { get; } = new("waf");

    /// <summary>About findings of GuardDuty.</summary>
    public static QuestionSet GuardDuty { get; } = new("guardduty");

    /// <summary>About findings of all sources.</summary>
    public static QuestionSet Findings { get; } = new("findings");

    private readonly List<Question> questions = [];

    /// <summary>The questions, in the order of the page.</summary>
    public IReadOnlyList<Question> Questions => questions;

    /// <summary>Statements that make views, each after those it needs.</summary>
    public IReadOnlyList<QueryText> Views { get; } = [];

    /// <summary>What the views are called.</summary>
    public IEnumerable<string> ViewNames => Views.Select(view => ViewName().Match(view.Template).Groups[1].Value);

    /// <summary>The words of all queries and views: a column that is none of them need not be filled.</summary>
    public HashSet<string> Words() =>
        [.. Questions.Select(question => question.Text).Concat(Views.Where(IsAsked)).SelectMany(text => Word().Matches(text.Template))
            .Select(match => match.Value), "time", "request_id"];

    /// <summary>Whether a question asks a view, by its own name or through another view.</summary>
    private bool IsAsked(QueryText view)
    {
        string name = ViewName().Match(view.Template).Groups[1].Value;
        return questions.Select(question => question.Text).Concat(Views.Where(other => other != view))
            .Any(text => Regex.IsMatch(text.Template, $@"\b{name}\b"));
    }

    private static Question Read(string id, string text)
    {
        var head = Head().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        return new Question(id, head["title"], head["says"], ChartKind.Parse(head["chart"]), new QueryText(Comment().Replace(text, "").Trim()));
    }

    [GeneratedRegex(@"^-- (\w+): (.*)$", RegexOptions.Multiline)]
    private static partial Regex Head();

    [GeneratedRegex(@"^--.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"CREATE (?:VIEW|\{stored view\}) (\w+)")]
    private static partial Regex ViewName();
}
