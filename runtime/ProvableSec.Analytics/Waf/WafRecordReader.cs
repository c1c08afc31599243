using System.Text.Json;
using ProvableSec.Analytics.Loading;
using ProvableSec.Analytics.Tables;
using ProvableSec.Logs.Records;

namespace ProvableSec.Analytics.Waf;

/// <summary>Makes a row of a log record of AWS WAF, v2 or Classic.</summary>
internal sealed class WafRecordReader : IRecordReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    private static readonly NameTable Members = new(
        "timestamp", "webaclId", "terminatingRuleId", "terminatingRuleType", "action", "httpSourceName", "httpSourceId", "httpRequest", "labels",
        "ruleGroupList",
        "rateBasedRuleList", "nonTerminatingMatchingRules", "requestHeadersInserted", "responseCodeSent", "captchaResponse", "challengeResponse",
            "ja3Fingerprint",
        "ja4Fingerprint", "oversizeFields", "requestBodySize", "requestBodySizeInspectedByWAF", "clientAsn", "sampleWeight",
        "formatVersion", "terminatingRuleMatchDetails", "forwardedAsn");

    private static readonly int Time = WafTable.Table.IndexOf("time"), Weight = WafTable.Table.IndexOf("weight"), WebAcl = WafTable.Table.IndexOf("web_acl"),
        TerminatingRule = WafTable.Table.IndexOf("terminating_rule"), TerminatingRuleType = WafTable.Table.IndexOf("terminating_rule_type"),
        Action = WafTable.Table.IndexOf("action"), SourceName = WafTable.Table.IndexOf("source_name"), SourceId = WafTable.Table.IndexOf("source_id"),
        ResponseCode = WafTable.Table.IndexOf("response_code"), Ja3 = WafTable.Table.IndexOf("ja3"), Ja4 = WafTable.Table.IndexOf("ja4"),
        BodySize = WafTable.Table.IndexOf("body_size"), BodySizeInspected = WafTable.Table.IndexOf("body_size_inspected"),
            ClientAsn = WafTable.Table.IndexOf("client_asn"),
        Labels = WafTable.Table.IndexOf("labels"), OversizeFields = WafTable.Table.IndexOf("oversize_fields"),
        CaptchaCode = WafTable.Table.IndexOf("captcha_code"), CaptchaFailure = WafTable.Table.IndexOf("captcha_failure"),
        ChallengeCode = WafTable.Table.IndexOf("challenge_code"), ChallengeFailure = WafTable.Table.IndexOf("challenge_failure"),
        InsertedHeaders = WafTable.Table.IndexOf("inserted_headers");

    private static readonly int[] TextColumns = Members.Columns(
        (1, WebAcl), (2, TerminatingRule), (3, TerminatingRuleType), (4, Action), (5, SourceName), (6, SourceId), (16, Ja3), (17, Ja4));

    private static readonly int[] IntegerColumns = Members.Columns((13, ResponseCode), (19, BodySize), (20, BodySizeInspected), (21, ClientAsn), (22, Weight));

    private readonly ValueText text = new();
    private readonly UnknownNames unknown = new();
    private readonly WafRequestReader request;
    private readonly WafRuleReader rules;

    public WafRecordReader()
    {
        request = new WafRequestReader(text);
        rules = new WafRuleReader(text);
    }

    public IReadOnlyDictionary<string, long> UnknownMembers => unknown.Counts;

    public LineOutcome Read(ReadOnlySpan<byte> line, RowWriter rows)
    {
        if (line.Trim(" \t\r"u8).IsEmpty)
        {
            return LineOutcome.Blank;
        }

        try
        {
            var reader = new Utf8JsonReader(line, Options);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return reader.Read() ? LineOutcome.Malformed : LineOutcome.OtherKind;
            }

            rows.BeginRow();
            unknown.Begin();
            rows.Integer(Weight, 1);
            bool isRecord = ReadMembers(ref reader, line, rows);
            if (reader.Read())
            {
                return LineOutcome.Malformed;
            }

            if (!isRecord)
            {
                return LineOutcome.OtherKind;
            }

            rows.EndRow();
            unknown.Commit();
            return LineOutcome.Record;
        }
        catch (JsonException)
        {
            return LineOutcome.Malformed;
        }
    }

    private bool ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows)
    {
        bool isRecord = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int member = Members.Find(reader.ValueSpan);
            if (member < 0)
            {
                unknown.Add(reader.ValueSpan);
            }

            reader.Read();
            isRecord |= member is 1 or 2 || (member == 7 && reader.TokenType == JsonTokenType.StartObject);
            ReadMember(ref reader, line, rows, member);
            reader.Skip();
        }

        return isRecord;
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows, int member)
    {
        switch (member)
        {
            case 0 when JsonTime.TryRead(ref reader, out long time):
                rows.Time(Time, time);
                break;
            case 7:
                request.Read(ref reader, line, rows);
                break;
            case 8:
                ReadNames(ref reader, rows, Labels);
                break;
            case 9:
                rules.ReadGroups(ref reader, line, rows);
                break;
            case 10:
                rules.ReadRateRules(ref reader, line, rows);
                break;
            case 11:
                rules.ReadMatching(ref reader, line, rows);
                break;
            case 12:
                request.ReadHeaders(ref reader, line, rows, InsertedHeaders, asColumns: false);
                break;
            case 14:
                ReadOutcome(ref reader, line, rows, CaptchaCode, CaptchaFailure);
                break;
            case 15:
                ReadOutcome(ref reader, line, rows, ChallengeCode, ChallengeFailure);
                break;
            case 18:
                ReadNames(ref reader, rows, OversizeFields);
                break;
            case >= 0 when TextColumns[member] >= 0:
                Text(ref reader, line, rows, TextColumns[member]);
                break;
            case >= 0 when IntegerColumns[member] >= 0:
                Integer(ref reader, rows, IntegerColumns[member]);
                break;
        }
    }

    private void Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows, int column)
    {
        if (rows.Wants(column) && reader.TokenType != JsonTokenType.Null)
        {
            rows.Text(column, text.Of(ref reader, line));
        }
    }

    private static void Integer(ref Utf8JsonReader reader, RowWriter rows, int column)
    {
        if (ValueText.TryInteger(ref reader, out long value))
        {
            rows.Integer(column, value);
        }
    }

    /// <summary>Texts, or objects with a name each.</summary>
    private void ReadNames(ref Utf8JsonReader reader, RowWriter rows, int column)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !rows.Wants(column))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                rows.Add(column, text.Of(ref reader, default));
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    bool isName = reader.ValueTextEquals("name"u8);
                    reader.Read();
                    if (isName && reader.TokenType == JsonTokenType.String)
                    {
                        rows.Add(column, text.Of(ref reader, default));
                    }

                    reader.Skip();
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>How a CAPTCHA or challenge ended.</summary>
    private void ReadOutcome(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, RowWriter rows, int code, int failure)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueTextEquals("responseCode"u8), isFailure = reader.ValueTextEquals("failureReason"u8);
            reader.Read();
            if (isCode)
            {
                Integer(ref reader, rows, code);
            }
            else if (isFailure)
            {
                Text(ref reader, line, rows, failure);
            }

            reader.Skip();
        }
    }
}
