using System.Text;
using System.Text.Json;
using ProvableSec.Logs.Firehose;

namespace ProvableSec.Runtime.Tests.Firehose;

/// <summary>Records of an event are the same, whether their layout has been met or not.</summary>
public sealed class EventLayoutTests(ITestOutputHelper output)
{
    private const int Events = 4000;

    private static readonly string[] Layouts =
    [
        """{"recordId":"I","approximateArrivalTimestamp":1510254469499,"data":"D"}""",
        """{ "recordId" : "I" , "data" : "D" }""",
        """{"data":"D","recordId":"I","kinesisRecordMetadata":{"sequenceNumber":"49","subsequenceNumber":0,"shardId":"s-1","x":[true,null,-0.5e7]}}""",
        """{"recordId":"I","recordId":"I2","data":"D","data":"D2"}""",
        """{"recordId":"I","data":null}""",
        """{"recordId":"I","data":"D","data":17}""",
        """{"recordId":"I"}""",
    ];

    private static readonly string[] Ids = ["", "1", "49546986683135544286507457936321625675700192471156785154", "a\\\"b", "é", "\\u0041"];
    private static readonly string[] Data = ["", "SGVsbG8=", "SGVs\\/bG8", "eyJhIjoiYiJ9eyJhIjoiYiJ9eyJhIjoiYiJ9eyJhIjoiYiJ9eyJhIjoiYiJ9eyJhIjoiYiJ9"];

    [Fact]
    public void Records_are_those_that_System_Text_Json_finds()
    {
        var layouts = new EventLayouts();
        (int refused, int records) = (0, 0);
        for (int seed = 0; seed < Events; seed++)
        {
            byte[] json = Encoding.UTF8.GetBytes(Event(RandomRun.Random(seed)));
            List<string>? expected = Expected(json);
            Assert.True(Equals(expected, Found(json, layouts)), $"event {seed}: {Encoding.UTF8.GetString(json)}");
            refused += expected is null ? 1 : 0;
            records += expected?.Count ?? 0;
        }

        output.WriteLine($"{records} records; {refused} events refused");
        Assert.InRange(refused, Events / 20, Events / 2);
        Assert.True(records > 5 * Events);
    }

    private static bool Equals(List<string>? a, List<string>? b) => a is null ? b is null : b is not null && a.SequenceEqual(b);

    private static string Event(Random random)
    {
        string usual = Layouts[random.Next(Layouts.Length)];
        IEnumerable<string> records = Enumerable.Range(0, random.Next(1, 24)).Select(_ => (random.Next(8) == 0 ? Layouts[random.Next(Layouts.Length)] : usual)
            .Replace("\"I", "\"" + Ids[random.Next(Ids.Length)], StringComparison.Ordinal)
                .Replace("\"D", "\"" + Data[random.Next(Data.Length)], StringComparison.Ordinal)
            .Replace("499", $"{random.Next(1000)}", StringComparison.Ordinal));
        string text = $"{{\"invocationId\":\"x\",\"records\":[{string.Join(random.Next(9) == 0 ? " , " : ",", records)}],\"region\":\"eu-west-1\"}}";
        if (random.Next(3) == 0)
        {
            // As it is not to be.
            int at = random.Next(text.Length);
            text = random.Next(4) switch
            {
                0 => text[..at],
                1 => text.Remove(at, 1),
                2 => text.Insert(at, "\"\\,:{}[]0x \u0001"[random.Next(12)].ToString()),
                _ => text.Insert(at, text.Substring(random.Next(at + 1), 1)),
            };
        }

        return text;
    }

    private static List<string>? Found(byte[] json, EventLayouts layouts)
    {
        try
        {
            List<string> found = [];
            var records = new FirehoseEvent(json, layouts);
            while (records.TryRead(out FirehoseRecord record))
            {
                string data = record.Data is { } range ? Encoding.UTF8.GetString(json.AsSpan(range)) : "none";
                Assert.Equal(data.Contains('\\', StringComparison.Ordinal), record.IsEscaped);
                found.Add($"{Encoding.UTF8.GetString(json.AsSpan(record.Id))}={data}");
            }

            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static List<string>? Expected(byte[] json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonProperty[] lists = document.RootElement.ValueKind == JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Where(p => p.NameEquals("records"))] : [];
            if (lists is not [{ Value.ValueKind: JsonValueKind.Array } list])
            {
                return null;
            }

            List<string> expected = [];
            foreach (JsonElement record in list.Value.EnumerateArray())
            {
                if (record.ValueKind != JsonValueKind.Object || Last(record, "recordId") is not { } id)
                {
                    return null;
                }

                expected.Add($"{id}={Last(record, "data") ?? "none"}");
            }

            return expected;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The last text of that name, as it is written.</summary>
    private static string? Last(JsonElement record, string name) => record.EnumerateObject()
        .Where(property => property.NameEquals(name) && property.Value.ValueKind == JsonValueKind.String).Select(property => property.Value.GetRawText()[1..^1])
            .LastOrDefault();
}
