using System.Text;
using System.Text.Json;

namespace ProvableSec.Tool.Tests.Batch;

/// <summary>Damaged lines of <c>simulate</c>, bytes and all. PROVABLESEC_SOAK=N tries N lines.</summary>
public sealed class MutationTests
{
    private const int InGate = 20_000;

    private const string Case = """
        {"id":"c1","identityPolicies":[{"Version":"2012-10-17","Statement":[{"Sid":"S\u0041\ud83d\ude00","Effect":"Allow","Action":["s3:*","iam:Get?ser"],"Resource":"arn:aws:s3:::${aws:username}/*","Condition":{"StringLike":{"aws:PrincipalTag/Te\nam":["a*","${aws:PrincipalTag/x, 'd'}"]},"IpAddress":{"aws:SourceIp":"10.0.0.0/8"},"NumericLessThan":{"s3:max-keys":"1e3"},"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"},"Bool":{"aws:SecureTransport":true},"Null":{"a:b":"true"},"ForAnyValue:StringEquals":{"aws:TagKeys":["x"]}}}]}],"permissionsBoundary":null,"serviceControlPolicies":[[{"Statement":{"Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/a"}}}}],[]],"resourcePolicy":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":["111122223333","*"]},"Action":"s3:GetObject","Resource":"*"}},"organization":{"id":"o-1","accounts":{"111122223333":"o-1/r-1/"}},"request":{"principal":"arn:aws:iam::111122223333:user/t/a","action":"s3:GetObject","resource":"arn:aws:s3:::a/k","context":{"aws:SourceIp":"10.1.2.3","s3:max-keys":5,"aws:CurrentTime":"2024-01-01T00:00:00Z","aws:SecureTransport":true,"aws:TagKeys":["x","y"],"a:b":null}},"expected":"allow"}
        """;

    [Fact]
    public void Every_line_has_one_answer_that_is_json_whatever_its_bytes()
    {
        (int count, ulong first) = RandomRun.Of(InGate);
        for (int done = 0; done < count; done += InGate)
        {
            TryLines(Math.Min(InGate, count - done), RandomCases.Platform(first + (ulong)done));
        }
    }

    private static void TryLines(int lines, Random random)
    {
        byte[] good = Encoding.UTF8.GetBytes(Case);
        byte[] interesting = Encoding.UTF8.GetBytes("{}[]\",:\\*?/$0-.eE\0\u007fé😀 \t\r#tfn");
        var input = new MemoryStream();
        for (int i = 0; i < lines; i++)
        {
            List<byte> line = [.. good];
            for (int changes = i == 0 ? 0 : random.Next(1, 4); changes > 0; changes--)
            {
                int at = random.Next(line.Count);
                switch (random.Next(5))
                {
                    case 0:
                        line[at] = interesting[random.Next(interesting.Length)];
                        break;
                    case 1:
                        line[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        line.RemoveRange(at, Math.Min(random.Next(1, 12), line.Count - at - 1));
                        break;
                    case 3:
                        line.InsertRange(at, line.GetRange(at, Math.Min(random.Next(1, 60), line.Count - at)));
                        break;
                    default:
                        line.Insert(at, interesting[random.Next(interesting.Length)]);
                        break;
                }
            }

            line.RemoveAll(value => value == '\n');
            input.Write([.. line, (byte)'\n']);
        }

        input.Position = 0;
        ToolRun run = ToolRun.Of(input, "simulate", "-", "--jobs", "2");
        Assert.True(run.ExitCode == 2, run.Error[Math.Max(0, run.Error.Length - 500)..]);
        Assert.Equal(lines, run.Lines.Length);
        foreach (string line in run.Lines)
        {
            using JsonDocument answer = JsonDocument.Parse(line);
            Assert.Equal(1, answer.RootElement.GetProperty("v").GetInt32());
            Assert.True(answer.RootElement.TryGetProperty("decision", out _) != answer.RootElement.TryGetProperty("error", out _));
        }
    }
}
