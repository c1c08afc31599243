using System.Text.Json;
using ProvableSec.Reasoning.Differences;

namespace ProvableSec.Tool.Records;

/// <summary>Lines of access that a change adds and removes, written down so that they are read again as they were.</summary>
internal static class DifferenceRecord
{
    /// <summary>Writes the members of a difference.</summary>
    public static void Write(Utf8JsonWriter json, AccessDifference difference)
    {
        JsonRecord.WriteAll(json, "added", difference.Added, line => Write(json, line));
        JsonRecord.WriteAll(json, "removed", difference.Removed, line => Write(json, line));
        json.WriteString("undecided", difference.Undecided);
        JsonRecord.Write(json, "assumptions", difference.Assumptions);
    }

    /// <summary>Reads what was written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static AccessDifference Read(JsonElement json) =>
        new([.. json.List("added").Select(Line)], [.. json.List("removed").Select(Line)], json.TextOrNull("undecided"), json.Texts("assumptions"));

    /// <summary>Writes the members of a line.</summary>
    public static void Write(Utf8JsonWriter json, DifferenceLine line)
    {
        json.WriteString("kind", line.Kind.ToString());
        json.WriteBoolean("whole", line.IsWhole);
        json.WriteString("undecided", line.Undecided);
        WitnessRecord.Write(json, "witness", line.Witness);
        json.WriteStartObject("grant");
        StatementRecord.Write(json, line.Grant);
        json.WriteEndObject();
        JsonRecord.WriteAll(json, "except", line.Except, statement => StatementRecord.Write(json, statement));
        JsonRecord.WriteAll(json, "already", line.Already, statement => StatementRecord.Write(json, statement));
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DifferenceLine Line(JsonElement json) => new(
        Enum.Parse<DifferenceKind>(json.Text("kind")),
        StatementRecord.Read(json.GetProperty("grant")),
        [.. json.List("except").Select(StatementRecord.Read)],
        [.. json.List("already").Select(StatementRecord.Read)],
        WitnessRecord.Read(json.GetProperty("witness")),
        json.TextOrNull("undecided"),
        json.GetProperty("whole").GetBoolean());
}
