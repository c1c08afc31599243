using System.Text.Json;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Records;

namespace ProvableSec.Tool.Check;

/// <summary>What a run counts of a file, its findings aside.</summary>
/// <param name="Place">The place of the file in the list of all of them.</param>
/// <param name="Name">Its name; empty for one that cannot be read.</param>
internal sealed record FileFacts(int Place, string Name)
{
    /// <summary>What it is.</summary>
    public required FileSort Sort { get; init; }

    /// <summary>How many policies it holds.</summary>
    public int Policies { get; init; }

    /// <summary>How many values are known only at deployment.</summary>
    public int UnknownValues { get; init; }

    /// <summary>Whose policies are known only at deployment, so that nothing was judged.</summary>
    public IReadOnlyList<string> Unjudged { get; init; } = [];

    /// <summary>Whose policies depend on more combinations of conditions and parameters than were judged.</summary>
    public IReadOnlyList<string> PartlyJudged { get; init; } = [];

    /// <summary>The macros, which may make other policies of it.</summary>
    public IReadOnlyList<string> Macros { get; init; } = [];

    /// <summary>Of policies found by their form in resources that are not known to take one: the types of these.</summary>
    public IReadOnlyList<string> UnknownOwnerTypes { get; init; } = [];

    /// <summary>Which types policies have by the name of the file: the words of the query format, one for each policy.</summary>
    public IReadOnlyList<string> AssumedTypes { get; init; } = [];

    /// <summary>Those of a file that was checked.</summary>
    public static FileFacts Of(int place, CheckedFile file) => new(place, file.Source?.Name ?? "")
    {
        Sort = file switch
        {
            { Problem: not null } => FileSort.Unreadable,
            { IsCredentialReport: true } => FileSort.CredentialReport,
            { IsAccountSummary: true } => FileSort.AccountSummary,
            { IsManifest: true } => FileSort.Manifest,
            { IsDocument: true } => FileSort.Document,
            _ => FileSort.Other,
        },
        Policies = file.Policies.Count,
        UnknownValues = file.Policies.Sum(policy => policy.UnknownValues),
        Unjudged = [.. file.Notes.Unjudged.Select(policy => policy.Owner)],
        PartlyJudged = [.. file.Notes.PartlyJudged.Select(policy => policy.Owner)],
        Macros = [.. file.Notes.Macros],
        UnknownOwnerTypes = [.. file.Policies.Select(policy => policy.UnknownOwnerType).Where(type => type.Length > 0)],
        AssumedTypes = [.. file.Policies.Where(policy => policy.TypeFrom == PolicyTypeOrigin.FileName)
            .Select(policy => QuestionNames.NameOf(policy.Context.Type))],
    };

    /// <summary>Writes the members.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("place", Place);
        json.WriteString("name", Name);
        json.WriteString("sort", Sort.ToString());
        json.WriteNumber("policies", Policies);
        json.WriteNumber("unknownValues", UnknownValues);
        JsonRecord.Write(json, "unjudged", Unjudged);
        JsonRecord.Write(json, "partlyJudged", PartlyJudged);
        JsonRecord.Write(json, "macros", Macros);
        JsonRecord.Write(json, "unknownOwnerTypes", UnknownOwnerTypes);
        JsonRecord.Write(json, "assumedTypes", AssumedTypes);
    }

    /// <summary>Reads what was written.</summary>
    public static FileFacts Read(JsonElement json) => new(json.Number("place"), json.Text("name"))
    {
        Sort = Enum.Parse<FileSort>(json.Text("sort")),
        Policies = json.Number("policies"),
        UnknownValues = json.Number("unknownValues"),
        Unjudged = json.Texts("unjudged"),
        PartlyJudged = json.Texts("partlyJudged"),
        Macros = json.Texts("macros"),
        UnknownOwnerTypes = json.Texts("unknownOwnerTypes"),
        AssumedTypes = json.Texts("assumedTypes"),
    };
}
