import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class SignToken {
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  /** claims: JSON, made by the JSON library of your project. */
  static String sign(String claims, byte[] secret) throws Exception {
    String head = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    String signed = encode(head) + "." + encode(claims);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    return signed + "." + URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static String encode(String text) {
    return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  public static void main(String[] args) throws Exception {
    long now = System.currentTimeMillis() / 1000;
    String claims = "{\"iss\":\"https://portal.example.gov.cn\",\"aud\":\"minqing\",\"sub\":\"u-20391\","
        + "\"name\":\"陈立军\",\"title\":\"驻村干部\",\"iat\":" + now + ",\"exp\":" + (now + 900) + ","
        + "\"grants\":[{\"role\":\"villageOfficer\",\"area\":\"330683100201\"}]}";
    System.out.println(sign(claims, System.getenv("MQ_SECRET").getBytes(StandardCharsets.UTF_8)));
  }
}
