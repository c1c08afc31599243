using System.Collections;
using System.Text.Json;
using ProvableSec.Analytics.Pages;

namespace ProvableSec.Report.Output;

/// <summary>Writes a value of an answer as JSON.</summary>
internal static class JsonValueWriter
{
    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case double number when !double.IsFinite(number):
                json.WriteNullValue();
                break;
            case IDictionary members:
                json.WriteStartObject();
                foreach (DictionaryEntry member in members)
                {
                    json.WritePropertyName(member.Key.ToString()!);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (object? item in list)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                if (CellText.IsNumber(value))
                {
                    json.WriteRawValue(CellText.Raw(value));
                }
                else
                {
                    json.WriteStringValue(CellText.Raw(value));
                }

                break;
        }
    }
}
