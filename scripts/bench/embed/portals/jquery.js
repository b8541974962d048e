// The portal's own script: jQuery, tabs, stripes, a clock that counts visitors.
$(function () {
  $('.tabs a').click(function () {
    $('.tabs li').removeClass('on')
    $(this).parent().addClass('on')
    return false
  })
  $('tbody tr:odd').addClass('odd')
  $('form.search').submit(function () {
    return $.trim($(this).find('input').val()) !== ''
  })
  $(document).on('mq-diary-sent', function () {
    $('#sent').text(Number($('#sent').text()) + 1)
  })
})
