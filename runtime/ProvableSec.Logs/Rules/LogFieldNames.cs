namespace ProvableSec.Logs.Rules;

/// <summary>The names of the fields in rules.</summary>
internal static class LogFieldNames
{
    private static readonly Dictionary<string, LogField> ByName = Enum.GetValues<LogField>().ToDictionary(Of, StringComparer.Ordinal);

    /// <summary>All of them, in the order of <see cref="LogField"/>.</summary>
    public static IReadOnlyCollection<string> All => ByName.Keys;

    public static LogField? Find(string name) => ByName.TryGetValue(name, out LogField field) ? field : null;

    /// <summary>A field's name: as in the records, lower case first.</summary>
    public static string Of(LogField field) => field switch
    {
        LogField.WebAclId => "webaclId",
        _ => char.ToLowerInvariant(field.ToString()[0]) + field.ToString()[1..],
    };

    /// <summary>Whether its values are held against numbers.</summary>
    public static bool IsNumber(LogField field) => field is LogField.RequestBodySize or LogField.ResponseCodeSent or LogField.RecordSize;
}
