namespace ProvableSec.Logs.Firehose;

/// <summary>A record of a Firehose event, as it stands in the event.</summary>
/// <param name="Id">Where its id stands, without quotes; still escaped.</param>
/// <param name="Data">Where its data stand, without quotes; base64. Null when it has no data.</param>
/// <param name="IsEscaped">Whether anything in the data is escaped.</param>
internal readonly record struct FirehoseRecord(Range Id, Range? Data, bool IsEscaped);
